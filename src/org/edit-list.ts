import { LanyardError } from '../shared/errors.ts'
import type { DeviceId, PersonId } from '../shared/ids.ts'
import { compareText } from './codec.ts'
import {
  type Device,
  type Group,
  type GroupId,
  groupKey,
  type Leaf,
  type LeafKey,
  leafOfGroup,
  leafOfPerson,
  leafOfTombstone,
  type Person,
  personKey,
  type Tombstone,
} from './leaf.ts'

export type RemovalReason = Tombstone['reason']

/** One thing that an administrator does to the contact list. */
export type ListEdit =
  /** Adds a person without devices, or corrects what stands about them; their devices stay. */
  | { readonly kind: 'put-person'; readonly person: Omit<Person, 'devices'> }
  | { readonly kind: 'remove-person'; readonly personId: PersonId; readonly reason: RemovalReason }
  | { readonly kind: 'add-device'; readonly personId: PersonId; readonly device: Device }
  | { readonly kind: 'remove-device'; readonly deviceId: DeviceId; readonly reason: RemovalReason }
  | { readonly kind: 'put-group'; readonly group: Group }
  | { readonly kind: 'remove-group'; readonly groupId: GroupId }

/**
 * The leaves after the edits, in order. Every device that goes leaves a tombstone, which stays for good.
 * Throws `bad-input` and `person-unknown`; nothing is signed yet.
 */
export const editLeaves = (leaves: readonly Leaf[], edits: readonly ListEdit[], now: number): readonly Leaf[] => {
  const edited = new Map<LeafKey, Leaf>(leaves.map(leaf => [leaf.key, leaf]))
  const put = (leaf: Leaf) => edited.set(leaf.key, leaf)
  const personOf = (id: PersonId): Person => {
    const leaf = edited.get(personKey(id))
    if (leaf?.kind !== 'person') throw new LanyardError('person-unknown', 'Nobody on the contact list has this id')
    return leaf.value
  }
  const bury = ({ id, invitation }: Device, personId: PersonId, reason: RemovalReason) =>
    put(leafOfTombstone({ deviceId: id, personId, removedAt: now, reason, invitation }))

  for (const edit of edits) {
    switch (edit.kind) {
      case 'put-person': {
        const known = edited.get(personKey(edit.person.personId))
        put(leafOfPerson({ ...edit.person, devices: known?.kind === 'person' ? known.value.devices : [] }))
        break
      }
      case 'remove-person':
        for (const device of personOf(edit.personId).devices) bury(device, edit.personId, edit.reason)
        edited.delete(personKey(edit.personId))
        for (const leaf of [...edited.values()])
          if (leaf.kind === 'group' && leaf.value.members.includes(edit.personId))
            put(leafOfGroup({ ...leaf.value, members: leaf.value.members.filter(id => id !== edit.personId) }))
        break
      case 'add-device': {
        const person = personOf(edit.personId)
        put(
          leafOfPerson({
            ...person,
            devices: [...person.devices.filter(({ id }) => id !== edit.device.id), edit.device],
          }),
        )
        break
      }
      case 'remove-device': {
        const { person, device } = ownerOf(edited, edit.deviceId)
        put(leafOfPerson({ ...person, devices: person.devices.filter(({ id }) => id !== edit.deviceId) }))
        bury(device, person.personId, edit.reason)
        break
      }
      case 'put-group':
        put(leafOfGroup(edit.group))
        break
      case 'remove-group':
        edited.delete(groupKey(edit.groupId))
        break
    }
  }
  return [...edited.values()].sort((a, b) => compareText(a.key, b.key))
}

const ownerOf = (leaves: ReadonlyMap<LeafKey, Leaf>, deviceId: DeviceId): { person: Person; device: Device } => {
  for (const leaf of leaves.values()) {
    const device = leaf.kind === 'person' ? leaf.value.devices.find(({ id }) => id === deviceId) : undefined
    if (leaf.kind === 'person' && device !== undefined) return { person: leaf.value, device }
  }
  throw new LanyardError('bad-input', 'No device on the contact list has this id')
}
