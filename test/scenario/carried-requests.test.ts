import { expect, test } from 'vitest'
import {
  type Actor,
  adminPassphrase,
  approve,
  askToJoin,
  foundOrganisation,
  invite,
  joinOrganisation,
  ownDiscoveryPort,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'
import { foundIn, joinThrough, memberOf, startSession, until } from '../helpers/sessions.ts'
import { testFolder } from '../helpers/test-store.ts'

const aliceAndBob = async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  await foundOrganisation(alice)
  const bob = await startActor('Bob', { discoveryPort })
  await joinOrganisation(alice, bob)
  await untilOnline(bob, alice)
  return { alice, bob, discoveryPort }
}

const unlock = (admin: Actor) => admin.client().call('admin.unlock', { passphrase: adminPassphrase })

/** Once Bob knows that somebody is expected, he lets strangers knock. */
const untilExpected = (bob: Actor, carol: Actor) =>
  carol.until(`${bob.name} carrying the request`, ({ joining }) => joining?.state === 'waiting')

test('Carol asks while Alice is away: Bob carries her request, and she is in when Alice has approved', async () => {
  const { alice, bob, discoveryPort } = await aliceAndBob()
  const link = await invite(alice, 'Carol')
  const carol = await startActor('Carol', { discoveryPort })
  await alice.stop()
  await askToJoin(carol, link)
  await untilExpected(bob, carol)
  expect(bob.rows().joinRequests.size).toBe(0) // Bob is no administrator

  await alice.restart()
  await unlock(alice)
  await approve(alice, 'Carol')
  await carol.until('membership', ({ organisation }) => organisation !== null)
  await Promise.all([untilOnline(carol, bob), untilOnline(carol, alice)])
})

test('Carol hears from Bob that Alice has declined, and believes it because Alice has signed it', async () => {
  const options = { discoveryPort: ownDiscoveryPort() }
  const alice = await startSession(options)
  await foundIn(alice, 'Alice')
  const bob = await startSession(options)
  await joinThrough(alice, bob, 'Bob')
  const folder = testFolder()
  const carol = await startSession({ ...options, folder })
  const details = { name: 'Carol', title: '', department: '', email: '', phone: '', lifetime: 3_600_000 }
  await carol.join((await memberOf(alice).invitations.create(details)).link, "Carol's PC")
  await until(carol, 'waiting', () => carol.joining.status()?.state === 'waiting')
  await carol.close()
  await memberOf(alice).requests.decline(carol.device)
  await until(bob, "Alice's word", () => memberOf(bob).notices.ofKind('decline').length === 1)
  await alice.close()
  const again = await startSession({ ...options, folder })
  await until(again, 'her answer', () => again.joining.status()?.state === 'declined')
})

test('a device of another organisation that is near learns nothing of the request', async () => {
  const { alice, discoveryPort } = await aliceAndBob()
  const mallory = await startActor('Mallory', { discoveryPort })
  await foundOrganisation(mallory, 'Somewhere else')
  await invite(mallory, 'Anybody') // she lets strangers knock
  const link = await invite(alice, 'Carol')
  const carol = await startActor('Carol', { discoveryPort })
  await askToJoin(carol, link)
  await approve(alice, 'Carol')
  await carol.until('membership', ({ organisation }) => organisation?.name === 'Hafen & Co')
  expect(mallory.rows().joinRequests.size).toBe(0)
})

test('without a network: the invitation, the request and the answer go by file', async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort(), discovery: 'off' })
  await foundOrganisation(alice)
  await invite(alice, 'Bob')
  const invitation = await alice.untilRows('the invitation', ({ invitations }) => [...invitations.values()][0])
  const handed = await alice.client().call('file.export', { what: 'invitation', id: invitation.id })
  expect(handed.name).toBe('Invitation Bob.lanyard')

  const bob = await startActor('Bob', { discoveryPort: ownDiscoveryPort(), discovery: 'off' })
  await bob.client().call('profile.create', { passphrase: null })
  await bob.until('an open profile', ({ profile }) => profile.state === 'open')
  const read = await bob.client().call('file.import', { bytes: handed.bytes })
  if (read.kind !== 'invitation') throw new Error('no invitation in the file')
  await askToJoin(bob, read.link)
  const asked = await bob.client().call('file.export', { what: 'join-request' })

  expect(await alice.client().call('file.import', { bytes: asked.bytes })).toEqual({
    kind: 'notices',
    requests: 1,
    offers: 0,
    forks: 0,
    others: 0,
  })
  const early = await alice.client().call('file.export', { what: 'bundle' })
  await expect(bob.client().call('file.import', { bytes: early.bytes })).rejects.toMatchObject({
    code: 'document-malformed',
  })
  await approve(alice, 'Bob')
  const answer = await alice.client().call('file.export', { what: 'bundle' })
  expect(await bob.client().call('file.import', { bytes: answer.bytes })).toMatchObject({ kind: 'bundle', version: 2 })
  await bob.until('membership', ({ organisation }) => organisation?.list.people === 2)
  await expect(alice.client().call('file.import', { bytes: asked.bytes })).rejects.toMatchObject({ code: 'expired' })
})
