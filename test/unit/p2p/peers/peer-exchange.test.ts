import { afterEach, describe, expect, it } from 'vitest'
import type { DeviceId } from '../../../../src/shared/ids.ts'
import { type Actor, connectedTo, createActor, introduce, next } from '../actors.ts'

/** No multicast: what is known of each other comes from colleagues alone. */
const withoutDiscovery = { discovery: 'off', listen: { hosts: ['127.0.0.1'] } } as const

const cast: Actor[] = []
const actor = (name: string, init: Parameters<typeof createActor>[1] = {}) => {
  const one = createActor(name, { ...withoutDiscovery, ...init })
  cast.push(one)
  return one
}
const start = (...actors: Actor[]) => Promise.all(actors.map(({ network }) => network.start()))
const meet = (a: Actor, b: Actor) => Promise.all([connectedTo(a, b), connectedTo(b, a)])
const dial = (from: Actor, to: Actor) => from.network.dial(to.device, to.network.addresses())

afterEach(async () => {
  await Promise.all(cast.splice(0).map(({ network }) => network.stop()))
})

describe('colleagues who know one another', () => {
  it('make two of them meet who know only a third', async () => {
    const [alice, bob, carol] = [actor('Alice'), actor('Bob'), actor('Carol')]
    introduce(alice, bob, carol)
    await start(alice, bob, carol)
    await Promise.all([dial(alice, bob), dial(carol, bob)])
    await meet(alice, carol)
  })

  it('make a whole chain a mesh', async () => {
    const people = Array.from({ length: 6 }, (_, n) => actor(`person ${n}`))
    introduce(...people)
    await start(...people)
    for (const [n, one] of people.entries()) {
      const neighbour = people[n + 1]
      if (neighbour !== undefined) await dial(one, neighbour)
    }
    await Promise.all(
      people.flatMap(one => people.filter(other => other !== one).map(other => connectedTo(one, other))),
    )
  })

  it('pass on that one has come back at another address', async () => {
    const [alice, bob, carol] = [actor('Alice'), actor('Bob'), actor('Carol')]
    introduce(alice, bob, carol)
    await start(alice, bob, carol)
    await Promise.all([dial(alice, bob), dial(carol, bob)])
    await meet(alice, carol)
    const lost = Promise.all([alice, bob].map(one => next(one, 'device-disconnected')))
    const before = carol.network.addresses()
    await carol.network.stop()
    await lost
    await carol.network.start()
    expect(carol.network.addresses()).not.toEqual(before)
    await dial(carol, bob)
    await meet(alice, carol)
  })

  it('are remembered over a restart where they were said to be', async () => {
    const remembered = new Map<DeviceId, readonly string[]>()
    const alice = actor('Alice', {
      rememberedAddresses: { load: () => [], save: (device, addresses) => remembered.set(device, addresses) },
    })
    const [bob, carol] = [actor('Bob'), actor('Carol')]
    introduce(alice, bob, carol)
    await start(alice, bob, carol)
    await Promise.all([dial(alice, bob), dial(carol, bob)])
    await meet(alice, carol)
    expect(remembered.get(carol.device)).toEqual(carol.network.addresses())
  })
})
