import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import {
  type Device,
  type Group,
  type GroupId,
  groupKey,
  type Leaf,
  type Person,
  type Tombstone,
  tombstoneKey,
} from '../documents/leaf.ts'
import type { LeafPatch } from '../trust/patch-leaves.ts'
import { createEditedList } from './edited-list.ts'

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
 * What the edits change, each leaf once. Every device that goes leaves a tombstone, which stays for good. Allowed, and to be
 * shown before somebody signs: to remove somebody's last device, or a person who holds keys in the root; see
 * `consequencesOf`.
 *
 * Throws `bad-input` (a device that is listed already or was removed, a device or group that is not there),
 * `person-unknown` and `invitation-used`; nothing is signed yet.
 */
export const patchOfEdits = (leaves: readonly Leaf[], edits: readonly ListEdit[], now: number): LeafPatch => {
  const list = createEditedList(leaves)
  const personOf = (id: PersonId): Person => {
    const person = list.person(id)
    if (person === null) throw new LanyardError('person-unknown', 'Nobody on the contact list has this id')
    return person
  }
  for (const edit of edits) {
    switch (edit.kind) {
      case 'put-person':
        list.putPerson({ ...edit.person, devices: list.person(edit.person.personId)?.devices ?? [] })
        break
      case 'remove-person':
        list.removePerson(personOf(edit.personId), edit.reason, now)
        break
      case 'add-device':
        refuseDevice(list, edit.device)
        list.addDevice(personOf(edit.personId), edit.device)
        break
      case 'remove-device': {
        const owner = list.ownerOf(edit.deviceId)
        const device = owner?.devices.find(({ id }) => id === edit.deviceId)
        if (owner === null || device === undefined) throw badInput('No device on the contact list has this id')
        list.removeDevice(owner, device, edit.reason, now)
        break
      }
      case 'put-group':
        list.putGroup(edit.group)
        break
      case 'remove-group':
        if (!list.has(groupKey(edit.groupId))) throw badInput('No group on the contact list has this id')
        list.remove(groupKey(edit.groupId))
        break
    }
  }
  return list.patch()
}

const badInput = (message: string) => new LanyardError('bad-input', message)

/** What no list may hold: a device twice, one that was removed, or an invitation that lets a second one in. */
const refuseDevice = (list: ReturnType<typeof createEditedList>, { id, invitation }: Device): void => {
  if (list.ownerOf(id) !== null) throw badInput('The device is on the contact list already')
  if (list.has(tombstoneKey(id))) throw badInput('The device was removed, and never comes back')
  if (invitation !== null && list.isUsed(invitation))
    throw new LanyardError('invitation-used', 'Another device has joined with this invitation')
}
