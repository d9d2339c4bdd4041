import type { HistoryEntry, RecordedChange, Signer } from '../../shared/contract/administration-entities.ts'
import { missingCase } from '../../shared/errors.ts'
import { counted } from './table.ts'
import { moment } from './time.ts'

type FieldChanges = Extract<RecordedChange, { kind: 'person-changed' }>['fields']

const fieldsOf = (fields: FieldChanges): string =>
  fields.map(({ field, before, after }) => `${field}: ${before || '–'} → ${after || '–'}`).join('; ')

/** One line, with the sign that diffs have: `+` comes, `-` goes, `~` is another. */
export const changeLine = (change: RecordedChange): string => {
  switch (change.kind) {
    case 'person-added':
      return `+ person ${change.name}`
    case 'person-changed':
      return `~ person ${change.name}: ${fieldsOf(change.fields)}`
    case 'person-removed':
      return `- person ${change.name}`
    case 'device-added':
      return `+ device ${change.deviceName} of ${change.name}`
    case 'device-removed':
      return `- device ${change.deviceName} of ${change.name} (${change.reason})`
    case 'group-added':
      return `+ group ${change.name}`
    case 'group-changed':
      return `~ group ${change.name}: ${fieldsOf(change.fields)}`
    case 'group-removed':
      return `- group ${change.name}`
    case 'policy-changed':
      return `~ policy: ${fieldsOf(change.fields)}`
    case 'key-added':
    case 'key-removed': {
      const sign = change.kind === 'key-added' ? '+' : '-'
      return `${sign} key ${change.keyId.slice(0, 16)} of ${change.name} (${change.label}) for ${change.roles.join(', ')}`
    }
    case 'threshold-changed':
      return `~ ${change.role} signatures needed: ${change.before} → ${change.after} of ${change.of}`
    case 'organisation-renamed':
      return `~ organisation: ${change.before} → ${change.after}`
    default:
      return missingCase(change)
  }
}

/** Indented; `count` is of all, also of those that are not told one by one. */
export const changeLines = (changes: readonly RecordedChange[], count = changes.length): string => {
  const lines = changes.map(change => `  ${changeLine(change)}`)
  if (count > changes.length) lines.push(`  … and ${counted(count - changes.length, 'more change')}`)
  return lines.length === 0 ? '  nothing on it changes' : lines.join('\n')
}

export const signers = (signedBy: readonly Signer[], threshold: number): string => {
  const names = signedBy.map(({ name }) => name).join(', ')
  return `signed by ${names || 'nobody'} (${signedBy.length} of ${threshold} needed)`
}

export const historyLines = ({ kind, version, at, signedBy, threshold, changes, changeCount }: HistoryEntry): string =>
  [`${kind} ${version}  ${moment(at)}  ${signers(signedBy, threshold)}`, changeLines(changes, changeCount)].join('\n')
