import * as z from 'zod/mini'
import { deviceId, groupId, personId } from '../ids.ts'
import {
  MAX_ADDRESS_CHARACTERS,
  MAX_GROUP_DEPARTMENTS,
  MAX_PEOPLE,
  MAX_PHOTO_BYTES,
  MAX_SEED_ADDRESSES,
} from '../limits.ts'
import { detail, personName, personRoles } from './entities.ts'

export const removalReason = z.enum(['left', 'lost', 'stolen', 'replaced'])
export type RemovalReason = z.infer<typeof removalReason>

const days = z.int().check(z.minimum(1), z.maximum(36_500))

/** The part of the policy that devices follow so far. */
export const policy = z.strictObject({
  /** Valid invitations are approved without a question while the key that issued them is unlocked. */
  approvesInvitations: z.boolean(),
  /** Days without a fresh word of an administrator until Lanyard locks; null for never. */
  offlineLeaseDays: z.nullable(days),
  /** Multiaddrs of devices on other subnets, to ask first. */
  seedAddresses: z
    .array(z.string().check(z.minLength(1), z.maxLength(MAX_ADDRESS_CHARACTERS)))
    .check(z.maxLength(MAX_SEED_ADDRESSES)),
})
export type Policy = z.infer<typeof policy>

export const personTexts = {
  name: personName,
  title: detail,
  department: detail,
  email: detail,
  phone: detail,
  roles: personRoles,
}

export const personFields = {
  ...personTexts,
  /** JPEG, PNG or WebP; null for none; left out: as it is. */
  photo: z.optional(
    z.nullable(z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length <= MAX_PHOTO_BYTES, 'picture too large'))),
  ),
}

/** One thing that an administrator wants changed on the list. */
export const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add-person'), ...personFields }),
  z.strictObject({ kind: z.literal('change-person'), personId, ...personFields }),
  z.strictObject({ kind: z.literal('remove-person'), personId, reason: removalReason }),
  z.strictObject({ kind: z.literal('remove-device'), deviceId, reason: removalReason }),
  z.strictObject({
    kind: z.literal('put-group'),
    /** Null for a new one. */
    groupId: z.nullable(groupId),
    name: personName,
    members: z.array(personId).check(z.maxLength(MAX_PEOPLE)),
    departments: z.array(detail).check(z.maxLength(MAX_GROUP_DEPARTMENTS)),
  }),
  z.strictObject({ kind: z.literal('remove-group'), groupId }),
  z.strictObject({ kind: z.literal('change-policy'), policy }),
])
export type Edit = z.infer<typeof edit>
