import { expect, test } from 'vitest'
import { findById, findByIdOrName, findPerson } from '../../../src/cli/find.ts'
import type { Person } from '../../../src/shared/contract/entities.ts'
import type { PersonId } from '../../../src/shared/ids.ts'

const person = (digit: string, name: string, email = ''): Person => ({
  id: digit.repeat(32) as PersonId,
  name,
  title: '',
  department: '',
  email,
  phone: '',
  roles: [],
  photo: null,
  devices: 0,
  isAdmin: false,
  listed: true,
  lastSeenAt: null,
})

const people = [person('a', 'Alice', 'alice@x.example'), person('b', 'Bob'), person('c', 'Bob', 'bob@x.example')]

test('people are named by e-mail in any case, exact name or the first digits of their id', () => {
  expect(findPerson(people, 'ALICE@x.example').name).toBe('Alice')
  expect(findPerson(people, 'Alice').email).toBe('alice@x.example')
  expect(findPerson(people, 'bbbbbb').id).toBe('b'.repeat(32))
})

test('nobody is guessed', () => {
  expect(() => findPerson(people, 'Bob')).toThrow(expect.objectContaining({ code: 'person-unknown' }))
  expect(() => findPerson(people, 'alice')).toThrow(expect.objectContaining({ code: 'person-unknown' }))
  expect(() => findPerson(people, '')).toThrow(expect.objectContaining({ code: 'person-unknown' }))
  expect(() => findById(people, 'bbbbb', 'bad-input')).toThrow(expect.objectContaining({ code: 'bad-input' }))
})

test('a name comes before an id that looks like it', () => {
  const odd = [
    { id: 'a'.repeat(32), name: 'bbbbbb' },
    { id: 'b'.repeat(32), name: 'x' },
  ]
  expect(findByIdOrName(odd, 'bbbbbb', 'bad-input').id).toBe('a'.repeat(32))
})
