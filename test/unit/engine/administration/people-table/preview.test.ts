import { expect, test } from 'vitest'
import {
  countsOf,
  editsOf,
  guessMapping,
  type ListedPerson,
  previewTable,
  tellRows,
} from '../../../../../src/engine/administration/people-table/index.ts'
import { tableRow } from '../../../../../src/shared/contract/people-table.ts'
import { idOf, person, tableOf } from './exports.ts'

const preview = (text: string, people: readonly ListedPerson[] = []) => {
  const table = tableOf(text)
  return previewTable(table, guessMapping(table), people)
}

const told = (text: string, people: readonly ListedPerson[] = []) =>
  preview(text, people).map(({ row, problems, person: found }) => ({
    row,
    is: problems.map(({ field, problem }) => `${field} ${problem}`).join() || (found?.personId ?? 'new'),
  }))

const alice = person(1, {
  name: 'Alice',
  department: 'Office',
  email: 'Alice@x.example',
  phone: '1',
  roles: ['helpdesk'],
})
const bob = person(2, { name: 'Bob', department: 'Yard' })
const otherBob = person(3, { name: 'Bob', department: 'Office' })
const shared = [
  person(4, { name: 'Carol', email: 'info@x.example' }),
  person(5, { name: 'Dave', email: 'info@x.example' }),
]

test('a row finds its person by id, else by e-mail in any case, else by name and department', () => {
  const text = [
    'Name,Department,E-mail,Lanyard id',
    `Alicia,Office,,${idOf(1).toUpperCase()}`,
    'Robert,,,',
    'Bob,Yard,bob@x.example,',
    'Dave,,INFO@x.example,',
  ].join('\n')
  expect(told(text, [alice, bob, otherBob, ...shared])).toEqual([
    { row: 2, is: idOf(1) },
    { row: 3, is: 'new' },
    { row: 4, is: idOf(2) },
    { row: 5, is: idOf(5) },
  ])
})

test('doubt is a problem, not a guess', () => {
  expect(told('Name\nBob', [bob, otherBob])).toEqual([{ row: 2, is: 'null several-people-match' }])
  expect(told('Name,E-mail\nErin,info@x.example', shared)).toEqual([{ row: 2, is: 'null several-people-match' }])
  expect(told(`Name,Lanyard id\nZoe,${idOf(99)}\nZoe,nonsense`)).toEqual([
    { row: 2, is: 'id unknown-id' },
    { row: 3, is: 'id unknown-id' },
  ])
})

test('nobody is taken over twice, neither as who they are nor as new', () => {
  const text = [
    'Name,E-mail',
    'Alice,alice@x.example',
    'Alice B.,ALICE@x.example',
    'Zoe,zoe@x.example',
    'Zoë,Zoe@x.example',
    'Yan,',
    'Yan,',
  ].join('\n')
  expect(told(text, [alice])).toEqual([
    { row: 2, is: idOf(1) },
    { row: 3, is: 'email same-person-twice' },
    { row: 4, is: 'new' },
    { row: 5, is: 'email same-person-twice' },
    { row: 6, is: 'new' },
    { row: 7, is: 'name same-person-twice' },
  ])
})

test('a namesake with an address of their own is somebody new, wherever they stand in the table', () => {
  const text = 'Name,Department,E-mail\nAlice,Office,alice2@x.example\nAlice,Office,alice@x.example\nAlice,Office,'
  expect(told(text, [alice])).toEqual([
    { row: 2, is: 'new' },
    { row: 3, is: idOf(1) },
    { row: 4, is: 'name same-person-twice' },
  ])
})

test('every problem of a row is named', () => {
  const text = [
    'Name;E-mail;Title;Roles',
    ';nobody@x.example;;',
    `${'x'.repeat(121)};at home;;`,
    '"Mal\nlory";;;',
    'Bob\u202ecod;;;',
    'Erin;;;;;more',
    `Frank;;${'t'.repeat(201)};`,
    `Grace;;;${Array.from({ length: 17 }, (_, at) => `r${at}`).join(',')}`,
    'Ivan;;;',
    '"Judy;never closed;',
    'and so on;',
  ].join('\n')
  expect(told(text)).toEqual([
    { row: 2, is: 'name missing-name' },
    { row: 3, is: 'name too-long,email bad-email' },
    { row: 4, is: 'name not-one-line' },
    { row: 5, is: 'name not-one-line' },
    { row: 6, is: 'null too-many-cells' },
    { row: 7, is: 'title too-long' },
    { row: 8, is: 'roles too-long' },
    { row: 9, is: 'new' },
    { row: 10, is: 'null bad-quotes,name not-one-line' },
  ])
  expect(told('Name;E-mail\n"Hei"di;\nIvan;')).toMatchObject([{ row: 2, is: expect.stringContaining('bad-quotes') }])
})

test('a change names what changes; what has no column stays, what is empty is emptied', () => {
  const rows = preview('Name,E-mail,Phone\nAlice,alice@x.example,\nBob,bob@x.example,3', [alice])
  expect(tellRows(rows).map(({ action, detail }) => [action, detail])).toEqual([
    ['change', 'email: Alice@x.example → alice@x.example · phone: 1 → –'],
    ['add', 'bob@x.example · 3'],
  ])
  expect(editsOf(rows)).toEqual([
    {
      kind: 'change-person',
      personId: idOf(1),
      name: 'Alice',
      title: '',
      department: 'Office',
      email: 'alice@x.example',
      phone: '',
      roles: ['helpdesk'],
    },
    { kind: 'add-person', name: 'Bob', title: '', department: '', email: 'bob@x.example', phone: '3', roles: [] },
  ])
})

test('what the list holds already asks for no edit', () => {
  const rows = preview('Name,E-mail,Roles\nAlice,Alice@x.example,helpdesk', [alice])
  expect(countsOf(rows)).toEqual({ add: 0, change: 0, same: 1, problem: 0 })
  expect(editsOf(rows)).toEqual([])
})

test('the screen is told problems first, in the words of the contract, and no more than a thousand rows', () => {
  const names = Array.from({ length: 1_500 }, (_, at) => `Person ${at},`)
  const rows = preview(['Name,E-mail', ...names, `,${'@'.repeat(500)}`].join('\n'))
  const shown = tellRows(rows)
  expect(countsOf(rows)).toEqual({ add: 1_500, change: 0, same: 0, problem: 1 })
  expect(shown).toHaveLength(1_000)
  expect(shown[0]).toMatchObject({ row: 1_502, action: 'problem' })
  expect(shown.every(row => tableRow.safeParse(row).success)).toBe(true)
})
