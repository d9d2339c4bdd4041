import { expect, test } from 'vitest'
import type { Edit } from '../../src/shared/contract/edits.ts'
import {
  type Actor,
  foundOrganisation,
  idOf,
  joinOrganisation,
  ownDiscoveryPort,
  startActor,
} from '../helpers/actors.ts'

const nobody = { title: '', department: '', email: '', phone: '', roles: [] }
const newPerson = (name: string): Edit => ({ kind: 'add-person', name, ...nobody })

const aliceAlone = async () => {
  const alice = await startActor('Alice', { discoveryPort: ownDiscoveryPort() })
  await foundOrganisation(alice)
  return alice
}
const changesOf = (actor: Actor) => actor.client().call('changes.get', {})
const stage = (actor: Actor, ...edits: Edit[]) => actor.client().call('changes.stage', { edits })

test('Alice prepares a list over two days and signs it once', async () => {
  const alice = await aliceAlone()
  const { people } = await stage(alice, newPerson('Bob'), newPerson('Carol'))
  const [bob, carol] = people
  if (bob === undefined || carol === undefined) throw new Error('No ids came back')
  await stage(alice, { kind: 'put-group', groupId: null, name: 'Crew', members: [bob], departments: ['Nord'] })
  await alice.restart()
  await alice.client().call('admin.unlock', { passphrase: 'the keys of the office' })
  await stage(
    alice,
    { kind: 'change-person', personId: bob, name: 'Bob', ...nobody, title: 'Captain' },
    { kind: 'remove-person', personId: carol, reason: 'left' },
    { kind: 'change-policy', policy: { approvesInvitations: true, offlineLeaseDays: 14, seedAddresses: [] } },
  )
  const waiting = await changesOf(alice)
  expect(waiting).toMatchObject({ nextVersion: 2, threshold: 1, signers: 1, stagedCount: 3, needsRenewal: false })
  expect(waiting.staged.map(({ change }) => change)).toEqual([
    { kind: 'person-added', personId: bob, name: 'Bob' },
    { kind: 'group-added', groupId: expect.any(String), name: 'Crew' },
    {
      kind: 'policy-changed',
      fields: [
        { field: 'approvesInvitations', before: 'false', after: 'true' },
        { field: 'offlineLeaseDays', before: '', after: '14' },
      ],
    },
  ])
  expect(waiting.staged.map(({ draft }) => draft)).toEqual([
    { kind: 'person', personId: bob, name: 'Bob', ...nobody, title: 'Captain', photo: null },
    { kind: 'group', groupId: expect.any(String), name: 'Crew', members: [bob], departments: ['Nord'] },
    { kind: 'policy', approvesInvitations: true, offlineLeaseDays: 14, seedAddresses: [] },
  ])
  expect((await alice.client().call('changes.draft', { kind: 'policy' })).draft).toEqual(waiting.staged[2]?.draft)
  await alice.until('three staged edits', ({ organisation }) => organisation?.administration.staged === 3)

  expect(await alice.client().call('changes.sign', {})).toEqual({
    outcome: 'in-force',
    version: 2,
    signatures: 1,
    threshold: 1,
  })
  expect((await changesOf(alice)).stagedCount).toBe(0)
  await alice.untilRows('Bob', rows => rows.people.get(bob)?.title === 'Captain')
  expect([...alice.rows().groups.values()]).toMatchObject([{ name: 'Crew', members: [bob], departments: ['Nord'] }])
  expect(await alice.client().call('policy.get', {})).toMatchObject({ offlineLeaseDays: 14 })
})

test('what an edit changes is told by field, and one that ends where it began is gone', async () => {
  const alice = await aliceAlone()
  const self = idOf(alice)
  const me = { kind: 'change-person' as const, personId: self, name: 'Alice', ...nobody, title: 'Office' }
  await stage(alice, { ...me, phone: '040 1', roles: ['helpdesk'] })
  expect((await changesOf(alice)).staged).toMatchObject([
    {
      problem: null,
      change: {
        kind: 'person-changed',
        fields: [
          { field: 'phone', before: '', after: '040 1' },
          { field: 'roles', before: '', after: 'helpdesk' },
        ],
      },
    },
  ])
  await stage(alice, me)
  expect(await changesOf(alice)).toMatchObject({ staged: [], stagedCount: 0 })
  await expect(alice.client().call('changes.sign', {})).rejects.toMatchObject({ code: 'nothing-to-sign' })
})

test('an edit that cannot be is refused when it is made, and nothing of its call is kept', async () => {
  const alice = await aliceAlone()
  const stranger = 'ab'.repeat(16) as ReturnType<typeof idOf>
  const cases: [Edit, string][] = [
    [{ kind: 'remove-person', personId: stranger, reason: 'left' }, 'person-unknown'],
    [{ kind: 'change-person', personId: stranger, name: 'X', ...nobody }, 'person-unknown'],
    [{ kind: 'put-group', groupId: null, name: 'G', members: [stranger], departments: [] }, 'person-unknown'],
    [{ kind: 'remove-person', personId: idOf(alice), reason: 'left' }, 'change-impossible'],
    [{ ...newPerson('two\nlines') } as Edit, 'bad-input'],
    [{ kind: 'add-person', name: 'Bob', ...nobody, roles: ['a', 'a'] }, 'bad-input'],
    [{ kind: 'add-person', name: 'Bob', ...nobody, photo: new Uint8Array([1, 2, 3]) }, 'bad-input'],
  ]
  for (const [edit, code] of cases) await expect(stage(alice, newPerson('Carol'), edit)).rejects.toMatchObject({ code })
  expect((await changesOf(alice)).stagedCount).toBe(0)
})

test('a locked key signs nothing, what was staged stays, and edits can be taken back', async () => {
  const alice = await aliceAlone()
  await stage(alice, newPerson('Bob'), newPerson('Carol'))
  await alice.client().call('admin.lock', {})
  await expect(alice.client().call('changes.sign', {})).rejects.toMatchObject({ code: 'admin-locked' })
  const { staged } = await changesOf(alice)
  await alice.client().call('changes.discard', { ids: staged.slice(0, 1).map(({ id }) => id) })
  expect((await changesOf(alice)).staged).toMatchObject([{ change: { name: 'Carol' } }])
  await alice.client().call('changes.discard', { ids: null })
  expect((await changesOf(alice)).stagedCount).toBe(0)
})

test('the console is for administrators', async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  await foundOrganisation(alice)
  const bob = await startActor('Bob', { discoveryPort })
  await joinOrganisation(alice, bob)
  await expect(stage(bob, newPerson('Mallory'))).rejects.toMatchObject({ code: 'not-admin' })
  await expect(changesOf(bob)).rejects.toMatchObject({ code: 'not-admin' })
  await expect(bob.client().call('changes.sign', {})).rejects.toMatchObject({ code: 'not-admin' })
  expect(await bob.client().call('policy.get', {})).toMatchObject({ approvesInvitations: false })
})

test('a list that will run out is signed anew though nothing has changed', async () => {
  const alice = await aliceAlone()
  alice.clock.aheadBy = 336 * 86_400_000
  await alice.client().call('admin.lock', {})
  await alice.client().call('admin.unlock', { passphrase: 'the keys of the office' })
  expect((await changesOf(alice)).needsRenewal).toBe(true)
  expect(await alice.client().call('changes.sign', {})).toMatchObject({ outcome: 'in-force', version: 2 })
  expect((await changesOf(alice)).needsRenewal).toBe(false)
})

test('of more edits than are told one by one, a removal and every draft can be asked for, and all are signed', async () => {
  const alice = await aliceAlone()
  const { people } = await stage(alice, ...Array.from({ length: 210 }, (_, at) => newPerson(`Person ${at}`)))
  await alice.client().call('changes.sign', {})
  const [first, last] = [people[0], people[209]]
  if (first === undefined || last === undefined) throw new Error('No ids came back')
  await stage(
    alice,
    ...people
      .slice(0, 209)
      .map(
        (personId, at): Edit => ({ kind: 'change-person', personId, name: `Person ${at}`, ...nobody, title: 'Welder' }),
      ),
    { kind: 'remove-person', personId: last, reason: 'left' },
  )
  const { staged, stagedCount } = await changesOf(alice)
  expect(stagedCount).toBe(210)
  expect(staged).toHaveLength(200)
  expect(staged[0]?.change).toMatchObject({ kind: 'person-removed', name: 'Person 209' })
  const told = new Set(staged.flatMap(({ draft }) => (draft?.kind === 'person' ? [draft.personId] : [])))
  const untold = people.slice(0, 209).find(id => !told.has(id))
  if (untold === undefined) throw new Error('All were told')
  const draftOf = async (personId: typeof untold) =>
    (await alice.client().call('changes.draft', { kind: 'person', personId })).draft
  expect(await draftOf(untold)).toMatchObject({ kind: 'person', personId: untold, title: 'Welder' })
  expect(await draftOf(last)).toBeNull()
  await alice.client().call('changes.sign', {})
  await alice.untilRows(
    'all of them',
    rows => rows.people.get(untold)?.title === 'Welder' && !rows.people.get(last)?.listed,
  )
  expect((await changesOf(alice)).stagedCount).toBe(0)
})

test('asked to sign twice at once, the engine signs one list', async () => {
  const alice = await aliceAlone()
  await stage(alice, newPerson('Bob'))
  const sign = () => alice.client().call('changes.sign', {})
  const [first, second] = await Promise.allSettled([sign(), sign()])
  expect(first).toMatchObject({ status: 'fulfilled', value: { version: 2 } })
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'nothing-to-sign' } })
})
