import * as z from 'zod/mini'
import { policy, removalReason } from '../../shared/contract/edits.ts'
import { deviceId, groupId, invitationId, personId, photoHash } from '../../shared/ids.ts'

const staged = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('put-person'),
    /** Not on the list when it was staged; otherwise the edit makes no sense once the person has gone. */
    isNew: z.boolean(),
    person: z.strictObject({
      personId,
      name: z.string(),
      title: z.string(),
      department: z.string(),
      email: z.string(),
      phone: z.string(),
      roles: z.array(z.string()),
      photo: z.nullable(photoHash),
    }),
  }),
  z.strictObject({ kind: z.literal('remove-person'), personId, reason: removalReason }),
  /** A request to join that was approved where one signature is not enough. */
  z.strictObject({
    kind: z.literal('add-device'),
    personId,
    /** From the invitation, for somebody who is not on the list. */
    name: z.string(),
    title: z.string(),
    department: z.string(),
    email: z.string(),
    phone: z.string(),
    deviceId,
    /** X25519 public key in hex. */
    dh: z.string(),
    deviceName: z.string(),
    addedAt: z.int(),
    invitation: invitationId,
  }),
  z.strictObject({ kind: z.literal('remove-device'), deviceId, reason: removalReason }),
  z.strictObject({
    kind: z.literal('put-group'),
    isNew: z.boolean(),
    group: z.strictObject({ groupId, name: z.string(), members: z.array(personId), departments: z.array(z.string()) }),
  }),
  z.strictObject({ kind: z.literal('remove-group'), groupId }),
  z.strictObject({ kind: z.literal('change-policy'), policy }),
])

/** An edit as it waits on this device: ids are given, pictures are named by their hash. */
export type StagedEdit = z.infer<typeof staged>
export type StagedPerson = Extract<StagedEdit, { kind: 'put-person' }>['person']

export const encodeStagedEdit = (edit: StagedEdit): string => JSON.stringify(edit)
export const decodeStagedEdit = (encoded: string): StagedEdit => z.parse(staged, JSON.parse(encoded))

/** What is edited: a second edit of the same thing takes the place of the first. */
export const targetOf = (edit: StagedEdit): string => {
  switch (edit.kind) {
    case 'put-person':
      return `person ${edit.person.personId}`
    case 'remove-person':
      return `person ${edit.personId}`
    case 'add-device':
    case 'remove-device':
      return `device ${edit.deviceId}`
    case 'put-group':
      return `group ${edit.group.groupId}`
    case 'remove-group':
      return `group ${edit.groupId}`
    case 'change-policy':
      return 'policy'
  }
}
