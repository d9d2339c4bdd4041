import { toHex } from '../crypto/index.ts'
import type { DeviceId, PersonId } from '../shared/ids.ts'
import type { Device, Group, GroupId, Leaf, Person, Tombstone } from './leaf.ts'
import { RefusedDocument } from './refusal.ts'

/** The contact list, ready to be asked. */
export interface Directory {
  readonly people: ReadonlyMap<PersonId, Person>
  /** Every device that may connect, with whose it is. */
  readonly devices: ReadonlyMap<DeviceId, { readonly device: Device; readonly person: Person }>
  readonly groups: ReadonlyMap<GroupId, Group>
  /** Devices that were removed and may never be listed again. */
  readonly tombstones: ReadonlyMap<DeviceId, Tombstone>
}

/**
 * Looks at the list as a whole: a device belongs to one person, no two devices share a key, and no removed device is
 * listed. Throws RefusedDocument `list-inconsistent`.
 */
export const directoryOf = (leaves: readonly Leaf[]): Directory => {
  const people = new Map<PersonId, Person>()
  const devices = new Map<DeviceId, { device: Device; person: Person }>()
  const groups = new Map<GroupId, Group>()
  const tombstones = new Map<DeviceId, Tombstone>()
  const exchangeKeys = new Set<string>()
  for (const leaf of leaves) {
    switch (leaf.kind) {
      case 'person':
        people.set(leaf.value.personId, leaf.value)
        for (const device of leaf.value.devices) {
          const dh = toHex(device.dh)
          if (devices.has(device.id) || exchangeKeys.has(dh))
            throw new RefusedDocument('list-inconsistent', 'contact list: two devices have the same key')
          devices.set(device.id, { device, person: leaf.value })
          exchangeKeys.add(dh)
        }
        break
      case 'group':
        groups.set(leaf.value.groupId, leaf.value)
        break
      case 'tombstone':
        tombstones.set(leaf.value.deviceId, leaf.value)
        break
    }
  }
  for (const id of tombstones.keys())
    if (devices.has(id)) throw new RefusedDocument('list-inconsistent', 'contact list: a removed device is listed')
  return { people, devices, groups, tombstones }
}

/** Who is in an organisation group: those named, and everybody of the departments named. */
export const membersOf = ({ people }: Directory, { members, departments }: Group): readonly PersonId[] => {
  const named = new Set(members)
  return [...people.values()]
    .filter(({ personId, department }) => named.has(personId) || departments.includes(department))
    .map(({ personId }) => personId)
}
