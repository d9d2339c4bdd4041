import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, InvitationId, PersonId } from '../../shared/ids.ts'
import { compareText } from '../codec.ts'
import {
  type Device,
  type Group,
  groupKey,
  type Leaf,
  type LeafKey,
  leafOfGroup,
  leafOfPerson,
  leafOfTombstone,
  type Person,
  personKey,
  type Tombstone,
  tombstoneKey,
} from '../documents/leaf.ts'
import type { LeafPatch } from '../trust/patch-leaves.ts'

type Entry =
  | { readonly kind: 'person'; readonly value: Person }
  | { readonly kind: 'group'; readonly value: Group }
  | { readonly kind: 'tombstone'; readonly value: Tombstone }

const encode = (entry: Entry): Leaf => {
  switch (entry.kind) {
    case 'person':
      return leafOfPerson(entry.value)
    case 'group':
      return leafOfGroup(entry.value)
    case 'tombstone':
      return leafOfTombstone(entry.value)
  }
}

/**
 * A contact list in the administrator's hands: each leaf is encoded once, when all edits are made, and whatever is not
 * touched stays as it is. A table of 10,000 people is 20,000 edits.
 */
export const createEditedList = (leaves: readonly Leaf[]) => {
  const known = new Map<LeafKey, Leaf>(leaves.map(leaf => [leaf.key, leaf]))
  /** Null: not there any more. */
  const touched = new Map<LeafKey, Entry | null>()
  const owners = new Map<DeviceId, PersonId>()
  const usedInvitations = new Set<InvitationId>()
  for (const { kind, value } of leaves) {
    if (kind === 'tombstone' && value.invitation !== null) usedInvitations.add(value.invitation)
    if (kind !== 'person') continue
    for (const { id, invitation } of value.devices) {
      owners.set(id, value.personId)
      if (invitation !== null) usedInvitations.add(invitation)
    }
  }
  const entry = (key: LeafKey): Entry | null => {
    const changed = touched.get(key)
    return changed === undefined ? (known.get(key) ?? null) : changed
  }
  const person = (id: PersonId): Person | null => {
    const found = entry(personKey(id))
    return found?.kind === 'person' ? found.value : null
  }

  const bury = ({ id, invitation }: Device, personId: PersonId, reason: Tombstone['reason'], removedAt: number) => {
    owners.delete(id)
    const value = { deviceId: id, personId, removedAt, reason, invitation }
    touched.set(tombstoneKey(id), { kind: 'tombstone', value })
  }

  return {
    person,
    ownerOf: (id: DeviceId): Person | null => {
      const owner = owners.get(id)
      return owner === undefined ? null : person(owner)
    },
    has: (key: LeafKey): boolean => entry(key) !== null,
    isUsed: (invitation: InvitationId): boolean => usedInvitations.has(invitation),
    putPerson(value: Person) {
      touched.set(personKey(value.personId), { kind: 'person', value })
    },
    addDevice(owner: Person, device: Device) {
      owners.set(device.id, owner.personId)
      if (device.invitation !== null) usedInvitations.add(device.invitation)
      touched.set(personKey(owner.personId), {
        kind: 'person',
        value: { ...owner, devices: [...owner.devices, device] },
      })
    },
    removeDevice(owner: Person, device: Device, reason: Tombstone['reason'], now: number) {
      bury(device, owner.personId, reason, now)
      const devices = owner.devices.filter(({ id }) => id !== device.id)
      touched.set(personKey(owner.personId), { kind: 'person', value: { ...owner, devices } })
    },
    removePerson(value: Person, reason: Tombstone['reason'], now: number) {
      for (const device of value.devices) bury(device, value.personId, reason, now)
      touched.set(personKey(value.personId), null)
    },
    putGroup(value: Group) {
      touched.set(groupKey(value.groupId), { kind: 'group', value })
    },
    remove(key: LeafKey) {
      touched.set(key, null)
    },
    /** What is different. Groups forget who has gone. Throws `person-unknown` for a group of people who are not there. */
    patch(): LeafPatch {
      const gone = new Set([...touched].filter(([, now]) => now === null).map(([key]) => key))
      for (const key of [...known.keys(), ...touched.keys()]) {
        const group = entry(key)
        if (group?.kind !== 'group') continue
        const members = group.value.members.filter(id => !gone.has(personKey(id)))
        if (touched.has(key) && members.some(id => person(id) === null))
          throw new LanyardError('person-unknown', 'A group names somebody who is not on the contact list')
        if (members.length < group.value.members.length)
          touched.set(key, { kind: 'group', value: { ...group.value, members } })
      }
      const put = [...touched.values()].flatMap(now => (now === null ? [] : [encode(now)]))
      return { put: put.sort((a, b) => compareText(a.key, b.key)), absent: [...gone].sort(compareText) }
    },
  }
}
