import type { TableField, TableMapping, TableRow } from '../../../shared/contract/people-table.ts'
import { MAX_DETAIL_CHARACTERS, MAX_NAME_CHARACTERS, MAX_PERSON_ROLES } from '../../../shared/limits.ts'
import { isPlainLine } from '../../../shared/text-rules.ts'
import type { TableLine } from './read-table.ts'
import { readRoles } from './role-cell.ts'

export type RowProblem = TableRow['problems'][number]

/** What a row says of a person; undefined for what the table has no column for. */
export interface RowFields {
  readonly id: string
  readonly name: string
  readonly title: string | undefined
  readonly department: string | undefined
  readonly email: string | undefined
  readonly phone: string | undefined
  readonly roles: readonly string[] | undefined
}

/** Characters of a cell that a problem quotes. */
const MAX_QUOTED = 200

/** Enough to tell an address from something else in its column; whether mail arrives there only mail can tell. */
const EMAIL = /^[^\s@<>]+@[^\s@<>]+$/u

export const problemWith = (field: TableField | null, problem: RowProblem['problem'], value: string): RowProblem => ({
  field,
  problem,
  value: value.slice(0, MAX_QUOTED),
})

export const fieldsOf = ({ cells }: TableLine, mapping: TableMapping): RowFields => {
  const cell = (field: TableField) => {
    const column = mapping[field]
    return column === undefined ? undefined : (cells[column] ?? '')
  }
  const roles = cell('roles')
  return {
    id: (cell('id') ?? '').toLowerCase(),
    name: cell('name') ?? '',
    title: cell('title'),
    department: cell('department'),
    email: cell('email'),
    phone: cell('phone'),
    roles: roles === undefined ? undefined : readRoles(roles),
  }
}

function* lineProblems(field: TableField, value: string, max: number): Generator<RowProblem> {
  if (value.length > max) yield problemWith(field, 'too-long', value)
  else if (!isPlainLine(value)) yield problemWith(field, 'not-one-line', value)
}

/** What is wrong with a row whoever it is about: the rules are those of the contact list itself. */
export function* ownProblems(line: TableLine, fields: RowFields): Generator<RowProblem> {
  if (line.problem !== null) yield problemWith(null, line.problem, line.cells.find(cell => cell !== '') ?? '')
  if (fields.name === '') yield problemWith('name', 'missing-name', '')
  yield* lineProblems('name', fields.name, MAX_NAME_CHARACTERS)
  for (const field of ['title', 'department', 'email', 'phone'] as const)
    yield* lineProblems(field, fields[field] ?? '', MAX_DETAIL_CHARACTERS)
  const { email = '', roles = [] } = fields
  if (email !== '' && !EMAIL.test(email)) yield problemWith('email', 'bad-email', email)
  if (roles.length > MAX_PERSON_ROLES) yield problemWith('roles', 'too-long', roles.join('; '))
  for (const role of roles) yield* lineProblems('roles', role, MAX_NAME_CHARACTERS)
}
