import { expect, test } from 'vitest'
import { newPeople, stagedGroups } from '../../../../src/renderer/text/staged.ts'
import type { StagedChange } from '../../../../src/shared/contract/administration-entities.ts'
import type { GroupId, PersonId } from '../../../../src/shared/ids.ts'

const texts = { title: '', department: '', email: '', phone: '', roles: [], photo: null }
const bob = '11'.repeat(16) as PersonId
const carol = '22'.repeat(16) as PersonId
const crew = '33'.repeat(16) as GroupId

const staged: readonly StagedChange[] = [
  {
    id: 1,
    stagedAt: 0,
    problem: null,
    change: { kind: 'person-added', personId: bob, name: 'Bob' },
    draft: { kind: 'person', personId: bob, name: 'Bob', ...texts },
  },
  {
    id: 2,
    stagedAt: 0,
    problem: null,
    change: { kind: 'person-changed', personId: carol, name: 'Carol', fields: [] },
    draft: { kind: 'person', personId: carol, name: 'Carol', ...texts },
  },
  {
    id: 3,
    stagedAt: 0,
    problem: null,
    change: { kind: 'group-added', groupId: crew, name: 'Crew' },
    draft: { kind: 'group', groupId: crew, name: 'Crew', members: [bob], departments: [] },
  },
  { id: 4, stagedAt: 0, problem: null, change: { kind: 'person-removed', personId: carol, name: 'Carol' } },
]

test('Bob comes with the next list; Carol, who is on it, is no new row', () => {
  expect(newPeople(staged)).toMatchObject([{ id: bob, name: 'Bob', devices: 0, listed: false }])
})

test('a group is gone on with as it will be', () => {
  expect([...stagedGroups(staged).values()]).toEqual([{ id: crew, name: 'Crew', members: [bob], departments: [] }])
})
