import { MAX_NAME_CHARACTERS, MAX_PERSON_ROLES } from '../../../shared/limits.ts'

/** Roles are separated by `;` (by commas or lines too when read); a separator inside a role has a backslash before it. */
const ESCAPED = /[\\;,]/g
const PIECES = /\\[\\;,]|[;,\n]|[^\\;,\n]+|\\/g

export const writeRoles = (roles: readonly string[]): string =>
  roles.map(role => role.replace(ESCAPED, '\\$&')).join('; ')

/** Characters that the roles of a person take, each of them escaped. */
const MAX_CELL = MAX_PERSON_ROLES * (2 * MAX_NAME_CHARACTERS + 2)

/** Each once, in the order of the contact list (by UTF-16 units). */
export const readRoles = (cell: string): string[] => {
  if (cell.length > MAX_CELL) return [cell] // as one that is too long: taking megabytes of `;` apart takes its time
  const roles = ['']
  for (const piece of cell.match(PIECES) ?? []) {
    if (/^[;,\n]$/.test(piece)) roles.push('')
    else roles[roles.length - 1] += /^\\[\\;,]$/.test(piece) ? piece.slice(1) : piece
  }
  return [...new Set(roles.map(role => role.trim()).filter(role => role !== ''))].sort()
}
