import { equalBytes } from '../../crypto/index.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { Device, Group, GroupId, Leaf, Person, Tombstone } from '../documents/leaf.ts'
import type { Policy } from '../documents/policy.ts'
import type { ListVersion } from '../trust/trusted.ts'
import { type LeafDifference, leafDifferences } from './leaf-differences.ts'

/** One field that is not what it was. */
export type FieldChange<T> = {
  readonly [Field in keyof T]: { readonly field: Field; readonly before: T[Field]; readonly after: T[Field] }
}[keyof T]

export type PersonFields = Omit<Person, 'personId' | 'devices'>
export type GroupFields = Omit<Group, 'groupId'>
export type DeviceFields = Pick<Device, 'name' | 'dh' | 'addedAt' | 'invitation'>
/** The policy without levels, so that each rule has a name of its own. */
export type PolicyFields = Omit<Policy, 'format' | 'mailbox'> & {
  readonly mailboxMebibytes: Policy['mailbox']['maxMebibytes']
  readonly mailboxDays: Policy['mailbox']['maxDays']
  readonly preferredMailboxes: Policy['mailbox']['preferred']
}

/** One thing that is different from one version of the list to another. Names are those of the version that has them. */
export type ListChange =
  | { readonly kind: 'person-added'; readonly personId: PersonId; readonly name: string }
  | {
      readonly kind: 'person-changed'
      readonly personId: PersonId
      readonly name: string
      readonly fields: readonly FieldChange<PersonFields>[]
    }
  | { readonly kind: 'person-removed'; readonly personId: PersonId; readonly name: string }
  | ({ readonly kind: 'device-added' } & NamedDevice)
  | ({ readonly kind: 'device-changed'; readonly fields: readonly FieldChange<DeviceFields>[] } & NamedDevice)
  /** `reason` is null where the device went without a tombstone, which Lanyard itself never signs. */
  | ({ readonly kind: 'device-removed'; readonly reason: Tombstone['reason'] | null } & NamedDevice)
  /** A tombstone without a device that went in the same step, or one that is gone. */
  | { readonly kind: 'tombstone-added' | 'tombstone-removed'; readonly deviceId: DeviceId; readonly personId: PersonId }
  | { readonly kind: 'group-added'; readonly groupId: GroupId; readonly name: string }
  | {
      readonly kind: 'group-changed'
      readonly groupId: GroupId
      readonly name: string
      readonly fields: readonly FieldChange<GroupFields>[]
    }
  | { readonly kind: 'group-removed'; readonly groupId: GroupId; readonly name: string }
  | { readonly kind: 'policy-changed'; readonly fields: readonly FieldChange<PolicyFields>[] }

interface NamedDevice {
  readonly deviceId: DeviceId
  readonly deviceName: string
  /** Whose it is or was. */
  readonly personId: PersonId
  readonly name: string
}

type Pair<T> = { readonly before: T; readonly after: T | null } | { readonly before: null; readonly after: T }
type ValueOf<Kind extends Leaf['kind']> = Extract<Leaf, { kind: Kind }>['value']

/** What is different, from the leaves that differ alone: people, groups, devices, then the rules. Empty when nothing is. */
export const describeChanges = (
  older: Pick<ListVersion, 'leaves' | 'policy'>,
  newer: Pick<ListVersion, 'leaves' | 'policy'>,
): readonly ListChange[] => {
  const differences = leafDifferences(older.leaves, newer.leaves)
  const people = ofKind(differences, 'person')
  return [
    ...people.flatMap(describePerson),
    ...ofKind(differences, 'group').flatMap(describeGroup),
    ...describeDevices(people, ofKind(differences, 'tombstone')),
    ...describePolicy(older.policy.value, newer.policy.value),
  ]
}

const ofKind = <Kind extends Leaf['kind']>(
  differences: readonly LeafDifference[],
  kind: Kind,
): readonly Pair<ValueOf<Kind>>[] =>
  differences
    .filter(({ before, after }) => (after ?? before)?.kind === kind)
    .map(({ before, after }) => ({ before: before?.value ?? null, after: after?.value ?? null }) as Pair<ValueOf<Kind>>)

const describePerson = ({ before, after }: Pair<Person>): ListChange[] => {
  if (before === null) return [{ kind: 'person-added', personId: after.personId, name: after.name }]
  if (after === null) return [{ kind: 'person-removed', personId: before.personId, name: before.name }]
  const fields = changedFields<PersonFields>(before, after, [
    'name',
    'title',
    'department',
    'email',
    'phone',
    'photoHash',
    'roles',
  ])
  return fields.length === 0 ? [] : [{ kind: 'person-changed', personId: after.personId, name: after.name, fields }]
}

const describeGroup = ({ before, after }: Pair<Group>): ListChange[] => {
  if (before === null) return [{ kind: 'group-added', groupId: after.groupId, name: after.name }]
  if (after === null) return [{ kind: 'group-removed', groupId: before.groupId, name: before.name }]
  const fields = changedFields<GroupFields>(before, after, ['name', 'members', 'departments'])
  return [{ kind: 'group-changed', groupId: after.groupId, name: after.name, fields }]
}

/** A device can change hands, so all people who changed are looked at together. */
const describeDevices = (people: readonly Pair<Person>[], tombstones: readonly Pair<Tombstone>[]): ListChange[] => {
  const before = devicesOf(people.map(pair => pair.before))
  const after = devicesOf(people.map(pair => pair.after))
  const buried = new Map(tombstones.flatMap(pair => (pair.after === null ? [] : [[pair.after.deviceId, pair.after]])))
  const changes: ListChange[] = []
  for (const [id, { device, person }] of before) {
    const now = after.get(id)
    if (now?.person.personId === person.personId) {
      const fields = changedFields<DeviceFields>(device, now.device, ['name', 'dh', 'addedAt', 'invitation'])
      if (fields.length > 0) changes.push({ kind: 'device-changed', ...named(now), fields })
    } else
      changes.push({ kind: 'device-removed', ...named({ device, person }), reason: buried.get(id)?.reason ?? null })
  }
  for (const [id, owned] of after)
    if (before.get(id)?.person.personId !== owned.person.personId)
      changes.push({ kind: 'device-added', ...named(owned) })
  for (const { before: old, after: now } of tombstones) {
    if (old !== null) changes.push({ kind: 'tombstone-removed', deviceId: old.deviceId, personId: old.personId })
    if (now !== null && (old !== null || !before.has(now.deviceId)))
      changes.push({ kind: 'tombstone-added', deviceId: now.deviceId, personId: now.personId })
  }
  return changes
}

interface OwnedDevice {
  readonly device: Device
  readonly person: Person
}

const devicesOf = (people: readonly (Person | null)[]): ReadonlyMap<DeviceId, OwnedDevice> =>
  new Map(
    people.flatMap(person => (person?.devices ?? []).map(device => [device.id, { device, person: person as Person }])),
  )

const named = ({ device, person }: OwnedDevice): NamedDevice => ({
  deviceId: device.id,
  deviceName: device.name,
  personId: person.personId,
  name: person.name,
})

const describePolicy = (before: Policy, after: Policy): ListChange[] => {
  const [old, now] = [flat(before), flat(after)]
  const fields = changedFields(old, now, Object.keys(now) as (keyof PolicyFields)[])
  return fields.length === 0 ? [] : [{ kind: 'policy-changed', fields }]
}

const flat = ({ format: _, mailbox, ...rules }: Policy): PolicyFields => ({
  ...rules,
  mailboxMebibytes: mailbox.maxMebibytes,
  mailboxDays: mailbox.maxDays,
  preferredMailboxes: mailbox.preferred,
})

const changedFields = <T extends object>(
  before: T,
  after: T,
  fields: readonly (keyof T)[],
): readonly FieldChange<T>[] =>
  fields
    .filter(field => !isSame(before[field], after[field]))
    .map(field => ({ field, before: before[field], after: after[field] }))

const isSame = (a: unknown, b: unknown): boolean => {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return equalBytes(a, b)
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((entry, i) => entry === b[i])
  return a === b
}
