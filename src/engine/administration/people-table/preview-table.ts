import type { Edit } from '../../../shared/contract/edits.ts'
import type { TableMapping, TableRow } from '../../../shared/contract/people-table.ts'
import { fieldsOf, ownProblems, type RowFields } from './fields-of-line.ts'
import { type ListedPerson, type Match, matchPeople } from './match-people.ts'
import type { Table } from './read-table.ts'
import { writeRoles } from './role-cell.ts'

/** Rows that a preview shows; the counts are over all. */
const MAX_TOLD_ROWS = 1_000
const MAX_TOLD_NAME = 400
const MAX_TOLD_DETAIL = 800

export interface PreviewRow {
  readonly row: number
  readonly name: string
  readonly problems: TableRow['problems']
  readonly action: TableRow['action']
  /** As on the list; null for somebody new, or where there are problems. */
  readonly person: ListedPerson | null
  /** What the person will be; fields that the table has no column for are as they were. */
  readonly wanted: Omit<ListedPerson, 'personId'>
}

const TEXTS = ['name', 'title', 'department', 'email', 'phone'] as const

const wantedOf = (fields: RowFields, person: ListedPerson | null): PreviewRow['wanted'] => ({
  name: fields.name,
  title: fields.title ?? person?.title ?? '',
  department: fields.department ?? person?.department ?? '',
  email: fields.email ?? person?.email ?? '',
  phone: fields.phone ?? person?.phone ?? '',
  roles: fields.roles ?? person?.roles ?? [],
})

const rolesOf = ({ roles }: PreviewRow['wanted']) => (roles.length === 0 ? '' : writeRoles(roles))

const asTexts = ({ roles, ...texts }: PreviewRow['wanted']) => ({ ...texts, roles: writeRoles(roles) })

/** What differs, as `field: before → after`. */
const differences = (before: PreviewRow['wanted'], after: PreviewRow['wanted']): string[] => {
  const [old, fresh] = [asTexts(before), asTexts(after)]
  return [...TEXTS, 'roles' as const]
    .filter(field => old[field] !== fresh[field])
    .map(field => `${field}: ${old[field] || '–'} → ${fresh[field] || '–'}`)
}

const actionOf = ({ problems, person, wanted }: Omit<PreviewRow, 'action'>): TableRow['action'] => {
  if (problems.length > 0) return 'problem'
  if (person === null) return 'add'
  const isSame = TEXTS.every(field => person[field] === wanted[field]) && rolesOf(person) === rolesOf(wanted)
  return isSame ? 'same' : 'change'
}

const detailOf = ({ person, wanted }: PreviewRow): string =>
  person === null
    ? [wanted.title, wanted.department, wanted.email, wanted.phone, writeRoles(wanted.roles)]
        .filter(Boolean)
        .join(' · ')
    : differences(person, wanted).join(' · ')

/** What taking the table over would do, row by row. `people`: everybody on the list. */
export const previewTable = (table: Table, mapping: TableMapping, people: Iterable<ListedPerson>): PreviewRow[] => {
  const rows = table.lines.map(line => {
    const fields = fieldsOf(line, mapping)
    return { line, fields, problems: [...ownProblems(line, fields)] }
  })
  const sound = rows.filter(({ problems }) => problems.length === 0)
  const matches = matchPeople(
    sound.map(({ fields }) => fields),
    people,
  )
  const matchOf = new Map<object, Match | undefined>(sound.map((row, at) => [row, matches[at]]))

  return rows.map(row => {
    const match = matchOf.get(row)
    const person = match !== undefined && 'person' in match ? match.person : null
    const doubt = match !== undefined && 'problem' in match ? [match.problem] : []
    const told = {
      row: row.line.row,
      name: row.fields.name,
      problems: [...row.problems, ...doubt],
      person,
      wanted: wantedOf(row.fields, person),
    }
    return { ...told, action: actionOf(told) }
  })
}

export const countsOf = (preview: readonly PreviewRow[]): Record<TableRow['action'], number> => {
  const counts = { add: 0, change: 0, same: 0, problem: 0 }
  for (const row of preview) counts[row.action] += 1
  return counts
}

/** For the screen: problems first, then by row; the first 1,000. */
export const tellRows = (preview: readonly PreviewRow[]): TableRow[] => {
  const isProblem = ({ problems }: PreviewRow) => problems.length > 0
  const ordered = [...preview.filter(isProblem), ...preview.filter(row => !isProblem(row))]
  return ordered.slice(0, MAX_TOLD_ROWS).map(row => ({
    row: row.row,
    action: row.action,
    name: row.name.slice(0, MAX_TOLD_NAME),
    detail: detailOf(row).slice(0, MAX_TOLD_DETAIL),
    problems: row.problems,
  }))
}

/** The edits that do it; rows with problems, and those that the list holds already, ask for none. */
export const editsOf = (preview: readonly PreviewRow[]): Edit[] =>
  preview
    .filter(({ action }) => action === 'add' || action === 'change')
    .map(({ person, wanted }) => {
      const fields = { ...wanted, roles: [...wanted.roles] }
      return person === null
        ? { kind: 'add-person', ...fields }
        : { kind: 'change-person', personId: person.personId, ...fields }
    })
