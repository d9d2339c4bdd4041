import { toHex } from '../../crypto/index.ts'
import type { DescribedRootChange, ListChange } from '../../org/index.ts'
import type { RecordedChange } from '../../shared/contract/administration-entities.ts'
import { missingCase } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { NameOf } from './names.ts'

/** Characters of one side of a field; the page shows where it goes on. */
const MAX_TEXT = 2_000

/** Members of a group that are named: nobody reads more in one line. */
const MAX_NAMES = 100

export type ToldField = Extract<RecordedChange, { kind: 'person-changed' }>['fields'][number]

export const cut = (text: string): string => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`)

/** A value of a document in words for people; nothing is the empty text. */
const textOf = (field: string, value: unknown, nameOf: NameOf): string => {
  if (value === null) return ''
  if (value instanceof Uint8Array) return toHex(value)
  if (!Array.isArray(value)) return String(value)
  const names =
    field === 'members'
      ? value
          .slice(0, MAX_NAMES)
          .map(id => nameOf(id as PersonId))
          .sort()
      : value
  return names.join(field === 'seedAddresses' ? '\n' : ', ') + (value.length > names.length ? ', …' : '')
}

interface FieldOfAny {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** Fields as they are called across the port: the picture is told by its hash. */
export const toldFields = (fields: readonly FieldOfAny[], nameOf: NameOf): ToldField[] =>
  fields.map(({ field, before, after }) => ({
    field: field === 'photoHash' ? 'photo' : field,
    before: cut(textOf(field, before, nameOf)),
    after: cut(textOf(field, after, nameOf)),
  }))

/** A device that is told of by its key alone. */
const namelessDevice = (id: string) => id.slice(0, 8)

/**
 * One change of the list for the console and the history. What Lanyard itself never signs (a device with other keys, a
 * tombstone that comes or goes alone) is told as the removal and addition that it amounts to.
 */
export const toldChanges = (change: ListChange, nameOf: NameOf): readonly RecordedChange[] => {
  switch (change.kind) {
    case 'person-added':
    case 'person-removed':
      return [{ kind: change.kind, personId: change.personId, name: change.name }]
    case 'person-changed': {
      const { kind, personId, name, fields } = change
      return [{ kind, personId, name, fields: toldFields(fields, nameOf) }]
    }
    case 'device-added': {
      const { kind, deviceId, deviceName, personId, name } = change
      return [{ kind, deviceId, deviceName, personId, name }]
    }
    case 'device-removed': {
      const { kind, deviceId, deviceName, personId, name, reason } = change
      return [{ kind, deviceId, deviceName, personId, name, reason: reason ?? 'left' }]
    }
    case 'device-changed': {
      const { deviceId, deviceName, personId, name } = change
      const device = { deviceId, deviceName, personId, name }
      return [
        { kind: 'device-removed', ...device, reason: 'replaced' },
        { kind: 'device-added', ...device },
      ]
    }
    case 'tombstone-added':
    case 'tombstone-removed': {
      const { deviceId, personId } = change
      const device = { deviceId, personId, name: nameOf(personId), deviceName: namelessDevice(deviceId) }
      return change.kind === 'tombstone-added'
        ? [{ kind: 'device-removed', ...device, reason: 'left' }]
        : [{ kind: 'device-added', ...device }]
    }
    case 'group-added':
    case 'group-removed':
      return [{ kind: change.kind, groupId: change.groupId, name: change.name }]
    case 'group-changed': {
      const { kind, name, fields } = change
      return [{ kind, groupId: change.groupId, name, fields: toldFields(fields, nameOf) }]
    }
    case 'policy-changed':
      return [{ kind: change.kind, fields: toldFields(change.fields, nameOf) }]
    default:
      return missingCase(change)
  }
}

/** The same for a root. */
export const toldRootChange = (change: DescribedRootChange, nameOf: NameOf): RecordedChange => {
  switch (change.kind) {
    case 'key-added':
    case 'key-removed': {
      const { kind, keyId, holder, label, roles } = change
      const name = holder === null ? label : nameOf(holder)
      return { kind, keyId, personId: holder, name, label, roles: [...roles] }
    }
    case 'threshold-changed': {
      const { kind, role, before, after, of } = change
      return { kind, role, before, after, of }
    }
    case 'organisation-renamed':
      return { kind: change.kind, before: change.before, after: change.after }
    default:
      return missingCase(change)
  }
}
