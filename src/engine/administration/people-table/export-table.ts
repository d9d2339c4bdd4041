import Papa from 'papaparse'
import { guardCell } from '../../../shared/formula-guard.ts'
import type { ListedPerson } from './match-people.ts'
import { writeRoles } from './role-cell.ts'

const HEADING = ['Lanyard id', 'Name', 'Title', 'Department', 'E-mail', 'Phone', 'Roles']

const cellsOf = ({ personId, name, title, department, email, phone, roles }: ListedPerson) =>
  [personId, name, title, department, email, phone, writeRoles(roles)].map(guardCell)

/**
 * Everybody as CSV (RFC 4180, UTF-8; the byte order mark tells Excel so), by name. `readTable` and `previewTable` find
 * each person in it unchanged.
 */
export const exportTable = (people: Iterable<ListedPerson>): Uint8Array<ArrayBuffer> => {
  const inOrder = [...people].sort((a, b) => a.name.localeCompare(b.name) || (a.personId < b.personId ? -1 : 1))
  const csv = Papa.unparse([HEADING, ...inOrder.map(cellsOf)], { newline: '\r\n', quotes: true })
  return new Uint8Array(new TextEncoder().encode(`\ufeff${csv}\r\n`))
}
