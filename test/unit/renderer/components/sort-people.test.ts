import { expect, it } from 'vitest'
import { sortPeople } from '../../../../src/renderer/components/admin/list/sort-people.ts'
import type { ListStates } from '../../../../src/renderer/queries/useListStates.ts'
import { listStateOf } from '../../../../src/renderer/text/list-state.ts'
import type { DeviceState } from '../../../../src/shared/contract/administration-entities.ts'
import type { Person } from '../../../../src/shared/contract/entities.ts'
import type { DeviceId, PersonId } from '../../../../src/shared/ids.ts'

const person = (name: string, department: string, devices = 1): Person => ({
  id: name as PersonId,
  name,
  title: '',
  department,
  email: '',
  phone: '',
  roles: [],
  photo: null,
  devices,
  isAdmin: false,
  listed: true,
  lastSeenAt: null,
})
const [alice, bob, carol] = [person('Alice', 'Safety', 2), person('Bob', ''), person('Carol', 'Maintenance', 0)]
const people = [alice, bob, carol]

const laptop = (of: Person, state: Partial<DeviceState>): DeviceState => ({
  id: 'ab' as DeviceId,
  personId: of.id,
  name: of.name,
  deviceName: 'Laptop',
  addedAt: 0,
  seenAt: 1,
  listVersion: 41,
  isOnline: false,
  isThisDevice: false,
  ...state,
})
const quiet: ListStates = {
  behind: new Map(),
  unseen: new Map(),
  isWhole: true,
  added: new Map(),
  changed: new Set(),
  removed: new Set(),
}
const namesBy = (column: Parameters<typeof sortPeople>[1]['column'], isDescending: boolean, states = quiet) =>
  sortPeople(people, { column, isDescending }, states).map(({ name }) => name)

it('sorts by each column, both ways', () => {
  expect(namesBy('name', true)).toEqual(['Carol', 'Bob', 'Alice'])
  expect(namesBy('devices', false)).toEqual(['Carol', 'Bob', 'Alice'])
})

it('keeps people without a department at the end in either order', () => {
  expect(namesBy('department', false)).toEqual(['Carol', 'Alice', 'Bob'])
  expect(namesBy('department', true)).toEqual(['Alice', 'Carol', 'Bob'])
})

it('shows first by state whom somebody has to look at', () => {
  const states = { ...quiet, behind: new Map([[bob.id, [laptop(bob, {})]]]) }
  expect(namesBy('state', false, states)).toEqual(['Bob', 'Carol', 'Alice'])
})

it('says the most urgent thing about a person', () => {
  const behind = new Map([[alice.id, [laptop(alice, { listVersion: 41 }), laptop(alice, { listVersion: 40 })]]])
  expect(listStateOf(alice, { ...quiet, behind }).words).toBe('2 devices on v40')
  const removed = { ...quiet, behind, changed: new Set([alice.id]), removed: new Set([alice.id]) }
  expect(listStateOf(alice, removed).kind).toBe('removal')
  expect(listStateOf(carol, quiet).words).toBe('No device yet')
  const unseen = new Map([[bob.id, [laptop(bob, { seenAt: null })]]])
  expect(listStateOf(bob, { ...quiet, unseen }).words).toBe('Not seen yet')
})

it('claims nothing about devices that it has not read', () => {
  expect(listStateOf(alice, quiet).words).toBe('Up to date')
  expect(listStateOf(alice, { ...quiet, isWhole: false }).words).toBe('')
})
