import { expect, it } from 'vitest'
import { membersOf } from '../../../../src/renderer/text/groups.ts'
import type { Person } from '../../../../src/shared/contract/entities.ts'
import type { PersonId } from '../../../../src/shared/ids.ts'

const person = (name: string, department: string): Person => ({
  id: `${name.toLowerCase()}` as PersonId,
  name,
  title: '',
  department,
  email: '',
  phone: '',
  roles: [],
  photo: null,
  devices: 1,
  isAdmin: false,
  listed: true,
  lastSeenAt: null,
})
const [alice, bob, carol, dave] = [
  person('Alice', 'Safety'),
  person('Bob', 'Maintenance'),
  person('Carol', ''),
  person('Dave', 'Maintenance'),
]

it('takes people by hand and whole departments, each person once', () => {
  const group = { members: [bob.id, carol.id], departments: ['Maintenance'] }
  expect(membersOf(group, [alice, bob, carol, dave])).toEqual([bob, carol, dave])
})

it('never takes in everybody without a department', () => {
  expect(membersOf({ members: [], departments: [''] }, [alice, bob, carol, dave])).toEqual([])
})

it('forgets whoever has left the list', () => {
  expect(membersOf({ members: [carol.id], departments: [] }, [alice, bob])).toEqual([])
})
