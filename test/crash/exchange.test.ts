import { setTimeout as moment } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { foundOrganisation, idOf, joinOrganisation, ownDiscoveryPort, startActor } from '../helpers/actors.ts'
import { testFolder } from '../helpers/test-store.ts'
import { createMortal, type Mortal } from './mortal.ts'

/** Kills of one run: `LANYARD_CRASH_KILLS=200` for the long one. */
const KILLS = Number(process.env.LANYARD_CRASH_KILLS ?? 25)
/** Messages of each of the two. */
const MESSAGES = Number(process.env.LANYARD_CRASH_MESSAGES ?? 1_000)
/** The same seed chooses the same victims and moments. */
const SEED = Number(process.env.LANYARD_CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** Milliseconds after both are online (or after the start) within which the blow falls. */
const BLOW_WITHIN = 60

/** Mulberry32: small, and the same everywhere. */
const randomOf = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const startPair = async (): Promise<[Mortal, Mortal]> => {
  const discoveryPort = ownDiscoveryPort()
  const [aliceFolder, bobFolder] = [testFolder(), testFolder()]
  const alice = await startActor('Alice', { discoveryPort, folder: aliceFolder })
  await foundOrganisation(alice)
  const bob = await startActor('Bob', { discoveryPort, folder: bobFolder })
  await joinOrganisation(alice, bob)
  const [aliceId, bobId] = [idOf(alice), idOf(bob)]
  await alice.stop()
  await bob.stop()
  const compileCache = testFolder()
  const pair: [Mortal, Mortal] = [
    createMortal({ name: 'Alice', folder: aliceFolder, discoveryPort, peer: bobId }, compileCache),
    createMortal({ name: 'Bob', folder: bobFolder, discoveryPort, peer: aliceId }, compileCache),
  ]
  // the cache is written at the end of a life, but not of one that is cut off
  const [first] = pair
  first.live()
  await first.hear('open')
  await first.leave()
  onTestFinished(async () => {
    for (const mortal of pair) await mortal.kill()
  })
  return pair
}

test(`both write ${MESSAGES} messages while one or the other is killed ${KILLS} times (seed ${SEED})`, async () => {
  const random = randomOf(SEED)
  const pair = await startPair()
  const [alice, bob] = pair
  for (const mortal of pair) mortal.live()
  const startedAt = Date.now()

  for (let kill = 1; kill <= KILLS; kill++) {
    const upTo = Math.ceil((MESSAGES * kill) / KILLS)
    // Most blows fall while both are connected and write; some while the victim is still starting.
    const isEarly = random() < 0.15
    for (const mortal of pair) await mortal.hear('open')
    if (!isEarly) for (const mortal of pair) await mortal.hear('online')
    for (const mortal of pair) mortal.order({ do: 'write', upTo })
    await moment(random() * BLOW_WITHIN)
    const choice = random()
    const victims = choice < 0.1 ? [alice, bob] : choice < 0.55 ? [alice] : [bob]
    await Promise.all(victims.map(mortal => mortal.kill()))
    for (const mortal of victims) mortal.live()
  }
  console.log(`${KILLS} kills in ${Date.now() - startedAt} ms, seed ${SEED}`)

  for (const mortal of pair) await mortal.hear('open')
  for (const mortal of pair) mortal.order({ do: 'write', upTo: MESSAGES + 1 })
  for (const mortal of pair) mortal.order({ do: 'await-delivery', count: MESSAGES + 1 })
  await Promise.all(pair.map(mortal => mortal.hear('delivered')))

  const expected = pair.flatMap(({ name }) => Array.from({ length: MESSAGES + 1 }, (_, i) => `${name} ${i + 1}`)).sort()
  for (const mortal of pair) {
    mortal.order({ do: 'list' })
    const { messages, unread } = await mortal.hear('list', 'fresh')
    expect(messages.map(({ text }) => text).sort()).toEqual(expected)
    expect(unread).toBe(MESSAGES + 1)
    for (const { text, state } of messages)
      expect(state, text).toBe(text.startsWith(mortal.name) ? 'delivered' : 'received')
  }
})
