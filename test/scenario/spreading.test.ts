import { expect, test } from 'vitest'
import type { Session } from '../../src/engine/session.ts'
import type { DeviceId } from '../../src/shared/ids.ts'
import { ownDiscoveryPort } from '../helpers/actors.ts'
import { editList, foundIn, joinThrough, memberOf, startSession, until } from '../helpers/sessions.ts'

const versionOf = (session: Session) => memberOf(session).membership.trusted().list.header.version
const stranger = 'e5'.repeat(32) as DeviceId

const aliceAndBob = async () => {
  const options = { discoveryPort: ownDiscoveryPort() }
  const alice = await startSession(options)
  await foundIn(alice, 'Alice')
  const bob = await startSession(options)
  await joinThrough(alice, bob, 'Bob')
  await until(bob, 'Alice', () => bob.network.connected().includes(alice.device))
  return { options, alice, bob }
}

test('a member who was away gets the newest list, and then every version that it has missed', async () => {
  const { alice, bob } = await aliceAndBob()
  await bob.network.stop()
  const [leaf] = memberOf(alice).membership.trusted().people.values()
  if (leaf === undefined) throw new Error('Nobody is on the list')
  for (let n = 0; n < 8; n += 1)
    await editList(alice, [{ kind: 'put-person', person: { ...leaf, title: `Director ${n}` } }])
  await bob.network.start()
  await until(bob, 'the newest list', () => versionOf(bob) === versionOf(alice))
  await until(bob, 'all versions between', () => memberOf(bob).membership.history.isComplete())
  const { entries } = await memberOf(bob).historyPages.page({ before: null, limit: 100 })
  expect(entries).toEqual((await memberOf(alice).historyPages.page({ before: null, limit: 100 })).entries)
  expect(entries).toHaveLength(11)
})

test('while somebody is expected every member lets strangers knock, and no longer', async () => {
  const { alice, bob } = await aliceAndBob()
  const joinsUntil = () => memberOf(bob).membership.trusted().freshness?.value.joinsUntil ?? 0
  await until(bob, 'the invitation with which he joined', () => joinsUntil() > Date.now())
  const details = { name: 'Carol', title: '', department: '', email: '', phone: '', lifetime: 7 * 86_400_000 }
  const { expiresAt } = await memberOf(alice).invitations.create(details)
  await until(bob, 'news that Carol is expected', () => joinsUntil() === expiresAt)
  expect(memberOf(bob).admit(stranger)).toBe('join-only')
})
