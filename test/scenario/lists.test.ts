import { expect, test } from 'vitest'
import type { Session } from '../../src/engine/session.ts'
import { encodeBundle, prepareList, publishList, signList } from '../../src/org/index.ts'
import { LanyardError } from '../../src/shared/errors.ts'
import { ownDiscoveryPort } from '../helpers/actors.ts'
import { editList, foundIn, joinThrough, memberOf, provider, startSession, until } from '../helpers/sessions.ts'
import { testFolder } from '../helpers/test-store.ts'

const versionOf = (session: Session) => memberOf(session).membership.trusted().list.header.version
const isOnline = (session: Session, other: Session) => session.network.connected().includes(other.device)

const HOUR = 3_600_000

const aliceBobAndCarol = async () => {
  const time = { passed: 0 }
  const options = { discoveryPort: ownDiscoveryPort(), now: () => Date.now() + time.passed }
  const alicesFolder = testFolder()
  const alice = await startSession({ ...options, folder: alicesFolder })
  await foundIn(alice, 'Alice')
  const bob = await startSession(options)
  await joinThrough(alice, bob, 'Bob')
  const carol = await startSession(options)
  await joinThrough(alice, carol, 'Carol')
  const restartAlice = async () => {
    await alice.close()
    return startSession({ ...options, folder: alicesFolder })
  }
  return { alice, bob, carol, time, restartAlice }
}

test('a new list reaches everybody who is connected, and people see each other by it', async () => {
  const { alice, bob, carol } = await aliceBobAndCarol()
  await until(bob, 'the list with Carol', () => versionOf(bob) === 3)
  await until(bob, 'Carol', () => isOnline(bob, carol))
  await until(carol, 'Bob', () => isOnline(carol, bob))

  const { people } = memberOf(alice).membership.trusted()
  const bobsLeaf = [...people.values()].find(({ name }) => name === 'Bob')
  if (bobsLeaf === undefined) throw new Error('Bob is not on the list')
  await editList(alice, [{ kind: 'put-person', person: { ...bobsLeaf, title: 'Captain' } }])
  for (const session of [bob, carol]) {
    await until(session, 'the corrected list', () => versionOf(session) === 4)
    expect(session.feed.pull(null).changes).toContainEqual(
      expect.objectContaining({ kind: 'person', value: expect.objectContaining({ name: 'Bob', title: 'Captain' }) }),
    )
  }
})

test('news passes from member to member while the administrator is away', async () => {
  const { alice, bob, carol } = await aliceBobAndCarol()
  await until(bob, 'Carol', () => isOnline(bob, carol))
  await carol.network.stop()
  const { people } = memberOf(alice).membership.trusted()
  const leaf = [...people.values()].find(({ name }) => name === 'Bob')
  if (leaf === undefined) throw new Error('Bob is not on the list')
  await editList(alice, [{ kind: 'put-person', person: { ...leaf, phone: '040 123' } }])
  await until(bob, 'the new list', () => versionOf(bob) === 4)
  await alice.network.stop()
  await carol.network.start()
  await until(carol, "Bob's copy of the list", () => versionOf(carol) === 4)
})

test('a device that is removed is told, hung up on, and never let in again', async () => {
  const { alice, bob, carol } = await aliceBobAndCarol()
  await until(bob, 'Carol', () => isOnline(bob, carol))
  await editList(alice, [{ kind: 'remove-device', deviceId: carol.device, reason: 'lost' }])

  await until(carol, 'her removal', () => !memberOf(carol).membership.isMember())
  await until(carol, 'no network', () => carol.network.status().state === 'stopped')
  await until(alice, 'Carol gone', () => !isOnline(alice, carol))
  await until(bob, 'Carol gone', () => !isOnline(bob, carol))
  await until(bob, 'the list without Carol', () => versionOf(bob) === 4)
  expect(memberOf(bob).admit(carol.device)).toBe('refused')
  expect(memberOf(alice).admit(carol.device)).toBe('refused')
  expect(isOnline(alice, bob)).toBe(true)
})

test('two lists of one version are noticed, told, and neither device takes the other one over', async () => {
  const { alice, bob, carol } = await aliceBobAndCarol()
  await until(bob, 'the list with Carol', () => versionOf(bob) === 3)
  await carol.network.stop()
  const { membership, adminKey } = memberOf(alice)
  // somebody with a copy of the key signs another version 4 for Bob alone
  const now = Date.now()
  const person = [...membership.trusted().people.values()].find(({ name }) => name === 'Carol')
  if (person === undefined) throw new Error('Carol is not on the list')
  const draft = prepareList(
    provider,
    membership.trusted(),
    { edits: [{ kind: 'put-person', person: { ...person, name: 'Mallory' } }] },
    now,
  )
  const forged = publishList(
    provider,
    membership.trusted(),
    adminKey.use(seed => signList(provider, draft, seed)),
    now,
  )
  await alice.network.stop()
  await memberOf(bob).membership.apply(encodeBundle(forged.trusted))
  expect(versionOf(bob)).toBe(4)
  await editList(alice, [{ kind: 'put-person', person: { ...person, name: 'Caroline' } }])
  await alice.network.start()

  const forked = (session: Session) => memberOf(session).membership.trusted().forks.length > 0
  await Promise.all([until(alice, 'the fork', () => forked(alice)), until(bob, 'the fork', () => forked(bob))])
  const nameOnList = (session: Session) => memberOf(session).membership.trusted().people.get(person.personId)?.name
  expect([nameOnList(alice), nameOnList(bob)]).toEqual(['Caroline', 'Mallory'])

  // Carol is where no network reaches: the evidence comes to her as a file
  const { bytes } = bob.files.export({ what: 'forks' })
  expect(() => carol.files.export({ what: 'forks' })).toThrow(LanyardError)
  expect(carol.files.inspect(bytes)).toMatchObject({ forks: [{ version: 4, contradictedBy: [{ name: 'Alice' }] }] })
  expect(await carol.files.import(bytes)).toMatchObject({ kind: 'notices', forks: 1 })
  await until(carol, 'the fork', () => forked(carol))
})

test('an older list is refused, whoever brings it', async () => {
  const { alice, bob } = await aliceBobAndCarol()
  const old = encodeBundle(memberOf(alice).membership.trusted())
  const [leaf] = memberOf(alice).membership.trusted().people.values()
  if (leaf === undefined) throw new Error('Nobody is on the list')
  await editList(alice, [{ kind: 'put-person', person: { ...leaf, title: 'Director' } }])
  await until(bob, 'the new list', () => versionOf(bob) === 4)
  expect(await memberOf(bob).membership.apply(old)).toMatchObject({ kind: 'refused', code: 'rollback' })
  expect(versionOf(bob)).toBe(4)
})

test("the administrator's device vouches for each new list and for an old one every day, and everybody hears it", async () => {
  const { bob, time, restartAlice } = await aliceBobAndCarol()
  const newest = () => memberOf(bob).membership.trusted().freshness?.value
  await until(bob, 'freshness of the list with Carol', () => newest()?.listVersion === 3)
  const before = newest()?.issued ?? 0

  time.passed = 25 * HOUR
  await restartAlice()
  await until(bob, 'a newer statement', () => (newest()?.issued ?? 0) >= before + 24 * HOUR)
  expect(newest()?.listVersion).toBe(3)
})

test('where the policy says so, a valid invitation is approved without a question while the key is unlocked', async () => {
  const options = { discoveryPort: ownDiscoveryPort() }
  const alice = await startSession(options)
  await foundIn(alice, 'Alice')
  await editList(alice, [], { approvesInvitations: true })
  const details = { title: '', department: '', email: '', phone: '', lifetime: HOUR }
  const bob = await startSession(options)
  await bob.join((await memberOf(alice).invitations.create({ ...details, name: 'Bob' })).link, "Bob's PC")
  await until(bob, 'membership', () => bob.member() !== undefined)

  memberOf(alice).adminKey.lock()
  const carol = await startSession(options)
  await carol.join((await memberOf(alice).invitations.create({ ...details, name: 'Carol' })).link, "Carol's PC")
  await until(carol, 'a person to decide', () => carol.joining.status()?.state === 'waiting')
  expect(memberOf(alice).requests.waiting()).toMatchObject([{ name: 'Carol' }])
})
