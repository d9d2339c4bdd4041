import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Edit } from '../../src/shared/contract/edits.ts'
import {
  type Actor,
  foundOrganisation,
  idOf,
  joinOrganisation,
  newMessageId,
  openConversation,
  ownDiscoveryPort,
  say,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'
import { foundIn, joinThrough, memberOf, startSession, until } from '../helpers/sessions.ts'

const threeColleagues = async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  await foundOrganisation(alice)
  const bob = await startActor('Bob', { discoveryPort })
  await joinOrganisation(alice, bob)
  const carol = await startActor('Carol', { discoveryPort })
  await joinOrganisation(alice, carol)
  await Promise.all([untilOnline(bob, carol), untilOnline(carol, bob)])
  return { alice, bob, carol }
}

const signed = async (admin: Actor, edit: Edit) => {
  await admin.client().call('changes.stage', { edits: [edit] })
  await admin.client().call('changes.sign', {})
}

test('Carol leaves: her app says so, her colleagues hang up, and no message goes either way', async () => {
  const { alice, bob, carol } = await threeColleagues()
  const before = await say(bob, carol, 'See you on Monday')
  await carol.untilRows('the message', ({ messages }) => messages.has(before.id))
  const [atBob, atCarol] = [await openConversation(bob, carol), await openConversation(carol, bob)]

  await signed(alice, { kind: 'remove-person', personId: idOf(carol), reason: 'left' })
  await carol.until('her removal', ({ organisation }) => organisation?.membership === 'removed')
  await carol.until('no network', ({ network }) => network.state === 'stopped')
  for (const actor of [alice, bob]) {
    await actor.until('Carol gone', ({ online }) => !online.includes(idOf(carol)))
    await actor.untilRows('Carol not listed', ({ people }) => people.get(idOf(carol))?.listed === false)
  }
  const write = (actor: Actor, conversationId: typeof atBob) =>
    actor.client().call('message.send', { id: newMessageId(), conversationId, text: 'Are you there?' })
  await expect(write(carol, atCarol)).rejects.toMatchObject({ code: 'removed' })
  await expect(write(bob, atBob)).rejects.toMatchObject({ code: 'person-unknown' })
  await expect(carol.client().call('changes.get', {})).rejects.toMatchObject({ code: 'removed' })
  expect(carol.rows().messages.has(before.id), 'what she has she keeps').toBe(true)

  await carol.restart()
  expect(carol.status()).toMatchObject({ organisation: { membership: 'removed' }, network: { state: 'stopped' } })
})

test('Carol was removed by mistake: with a new invitation she begins again, and what she had stays sealed', async () => {
  const { alice, bob, carol } = await threeColleagues()
  await expect(carol.client().call('profile.setAside', { passphrase: null })).rejects.toMatchObject({
    code: 'already-joined',
  })
  const was = idOf(carol)
  await signed(alice, { kind: 'remove-person', personId: was, reason: 'left' })
  await carol.until('her removal', ({ organisation }) => organisation?.membership === 'removed')

  const { folder } = await carol.client().call('profile.setAside', { passphrase: null })
  await carol.until('an empty profile', ({ profile }) => profile.state === 'empty')
  expect(readdirSync(folder).sort()).toEqual(['profile.db', 'profile.json'])
  await joinOrganisation(alice, carol)
  expect(idOf(carol)).not.toBe(was)
  await Promise.all([untilOnline(bob, carol), untilOnline(carol, bob)])
  const hello = await say(bob, carol, 'Good to have you back')
  await carol.untilRows('the message', ({ messages }) => messages.has(hello.id))

  const aside = await startActor('Carol', { discoveryPort: ownDiscoveryPort(), folder, unprotected: true })
  expect(aside.status()).toMatchObject({ profile: { state: 'open' }, organisation: { membership: 'removed' } })
})

test("a stolen laptop: one of Carol's devices is refused everywhere, also by whoever heard it from a colleague", async () => {
  const options = { discoveryPort: ownDiscoveryPort() }
  const alice = await startSession(options)
  await foundIn(alice, 'Alice')
  const bob = await startSession(options)
  await joinThrough(alice, bob, 'Bob')
  const carol = await startSession(options)
  await joinThrough(alice, carol, 'Carol')
  await until(bob, 'Carol', () => bob.network.connected().includes(carol.device))

  const { staged, changes } = memberOf(alice).administration
  await staged.stage([{ kind: 'remove-device', deviceId: carol.device, reason: 'stolen' }])
  await changes.sign()
  for (const session of [alice, bob]) {
    await until(session, 'Carol gone', () => memberOf(session).admit(carol.device) === 'refused')
    await until(session, 'no line to her', () => !session.network.connected().includes(carol.device))
  }
  // whoever opens the laptop puts its network back on
  await carol.network.start()
  await expect(carol.network.dial(bob.device, bob.network.addresses())).rejects.toMatchObject({
    code: 'network-failed',
  })
  expect(bob.network.connected()).toEqual([alice.device])
  await expect(memberOf(bob).answerSync(carol.device, new Uint8Array([1]))).rejects.toMatchObject({ code: 'removed' })
})
