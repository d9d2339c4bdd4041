import { expect, test } from 'vitest'
import { createStaged } from '../../../../src/engine/administration/staged.ts'
import { planOf } from '../../../../src/engine/administration/staged-plan.ts'
import type { TrustedState } from '../../../../src/org/index.ts'
import type { Edit } from '../../../../src/shared/contract/edits.ts'
import type { GroupId, PersonId, PhotoHash, ProposalId } from '../../../../src/shared/ids.ts'
import { openTestStore } from '../../../helpers/test-store.ts'
import { actor, adding, found, provider, publish } from '../../org/actors.ts'

const nobody = { title: '', department: '', email: '', phone: '', roles: [] }
const newPerson = (name: string): Edit => ({ kind: 'add-person', name, ...nobody })
const crewOf = (groupId: GroupId | null, ...members: PersonId[]): Edit => ({
  kind: 'put-group',
  groupId,
  name: 'Crew',
  members,
  departments: [],
})

/** Alice's console; Bob and Emma are on the list with her. */
const office = () => {
  const [alice, bob, emma] = [actor('Alice'), actor('Bob'), actor('Emma')]
  const { trusted, adminSeed } = found(alice)
  let inForce: TrustedState = publish(trusted, [...adding(bob), ...adding(emma)], [adminSeed])
  const store = openTestStore()
  const staged = createStaged({
    store,
    provider,
    membership: { trusted: () => inForce, self: { personId: alice.personId, deviceId: alice.device.id } },
    keepPhoto: () => '00'.repeat(32) as PhotoHash,
    now: () => 1,
  })
  const sign = async () => {
    inForce = publish(inForce, planOf(inForce, staged.all()).edits, [adminSeed])
    await store.write(tx => staged.settle(tx, inForce))
  }
  const groupsStaged = () => staged.all().flatMap(({ edit }) => (edit.kind === 'put-group' ? [edit.group] : []))
  const stagedIdOf = (kind: string, at = 0) => staged.all().filter(({ edit }) => edit.kind === kind)[at]?.id ?? 0
  /** Another administrator signs. */
  const signElsewhere = (...edits: Parameters<typeof publish>[1]) => {
    inForce = publish(inForce, edits, [adminSeed])
    return staged.reconcile(() => false)
  }
  const groups = () => [...inForce.groups.values()]
  return { bob, emma, staged, sign, signElsewhere, groupsStaged, stagedIdOf, groups }
}

test('a staged group forgets a new person who is taken back, by number or by name, and is signed', async () => {
  const { bob, staged, sign, groupsStaged, stagedIdOf, groups } = office()
  const [carol, dora] = (await staged.stage([newPerson('Carol'), newPerson('Dora')])) as [PersonId, PersonId]
  await staged.stage([crewOf(null, bob.personId, carol, dora)])
  await staged.discard([stagedIdOf('put-person')])
  expect(groupsStaged()).toMatchObject([{ members: [bob.personId, dora] }])
  await staged.stage([{ kind: 'remove-person', personId: dora, reason: 'left' }])
  expect(groupsStaged()).toMatchObject([{ members: [bob.personId] }])
  await sign()
  expect(groups()).toMatchObject([{ name: 'Crew', members: [bob.personId] }])
  expect(staged.count()).toBe(0)
})

test('a change of a group that was only about somebody who is taken back is none any more', async () => {
  const { bob, staged, sign, stagedIdOf, groups } = office()
  await staged.stage([crewOf(null, bob.personId)])
  await sign()
  const [carol] = (await staged.stage([newPerson('Carol')])) as [PersonId]
  await staged.stage([crewOf(groups()[0]?.groupId ?? null, bob.personId, carol)])
  await staged.discard([stagedIdOf('put-person')])
  expect(staged.all()).toEqual([])
})

test('a staged group forgets whom another administrator has removed', async () => {
  const { bob, emma, staged, sign, signElsewhere, groups } = office()
  await staged.stage([crewOf(null, bob.personId, emma.personId)])
  await signElsewhere({ kind: 'remove-person', personId: emma.personId, reason: 'left' })
  await sign()
  expect(groups()).toMatchObject([{ members: [bob.personId] }])
})

test('a group can be kept with somebody in it who is about to go, and nothing of it stays behind', async () => {
  const { bob, emma, staged, sign, groups } = office()
  await staged.stage([{ kind: 'remove-person', personId: emma.personId, reason: 'left' }])
  await staged.stage([crewOf(null, bob.personId, emma.personId)])
  await sign()
  expect(groups()).toMatchObject([{ members: [bob.personId] }])
  expect(staged.all()).toEqual([])
})

test('of very many edits those come first that take away or concern everybody; else they stand as they were made', async () => {
  const { bob, emma, staged } = office()
  await staged.stage([newPerson('Ann'), newPerson('Ben'), newPerson('Cid')])
  await staged.stage([
    { kind: 'change-person', personId: bob.personId, name: 'Bob', ...nobody, title: 'Captain' },
    crewOf(null, bob.personId),
    { kind: 'change-policy', policy: { approvesInvitations: true, offlineLeaseDays: null, seedAddresses: [] } },
    { kind: 'remove-device', deviceId: bob.device.id, reason: 'lost' },
    { kind: 'remove-person', personId: emma.personId, reason: 'left' },
  ])
  const toldOf = (limit: number) => staged.gravest(limit).map(({ edit }) => edit.kind)
  expect(toldOf(3)).toEqual(['change-policy', 'remove-device', 'remove-person'])
  expect(toldOf(4)).toEqual(['change-policy', 'remove-device', 'remove-person', 'put-group'])
  expect(staged.gravest(6).slice(4)).toMatchObject([
    { edit: { person: { name: 'Bob' } } },
    { edit: { person: { name: 'Ann' } } },
  ])
  expect(staged.gravest(8)).toEqual(staged.all())
  expect(staged.count()).toBe(8)
})

test('what is staged of one thing is found, also while a proposal carries it', async () => {
  const { bob, staged } = office()
  const target = { kind: 'person', personId: bob.personId } as const
  expect(staged.find(target)).toBeUndefined()
  await staged.stage([{ kind: 'change-person', personId: bob.personId, name: 'Bob', ...nobody, title: 'Captain' }])
  await staged.carry(staged.all(), 'ab'.repeat(32) as ProposalId)
  expect(staged.count()).toBe(0)
  expect(staged.find(target)).toMatchObject({ kind: 'put-person', person: { title: 'Captain' } })
  expect(staged.find({ kind: 'policy' })).toBeUndefined()
})
