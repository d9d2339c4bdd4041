import { type DevicePublicKeys, decodeCanonical, fromHex, toHex } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, GroupId, InvitationId, PersonId } from '../../shared/ids.ts'
import {
  MAX_DETAIL_CHARACTERS,
  MAX_DEVICES_PER_PERSON,
  MAX_GROUP_DEPARTMENTS,
  MAX_PEOPLE,
  MAX_PERSON_ROLES,
} from '../../shared/limits.ts'
import {
  bytes,
  type Codec,
  choice,
  type Decoded,
  documentOf,
  nullable,
  row,
  sortedBy,
  text,
  time,
  tuple,
} from '../codec.ts'
import { detailCodec, deviceIdCodec, groupIdCodec, invitationIdCodec, nameCodec, personIdCodec } from '../fields.ts'
import { MAX_LEAF_BYTES } from '../limits.ts'

export type { GroupId }

const listedDevice = tuple(bytes(32), bytes(32), nameCodec, time, nullable(invitationIdCodec))

/** A device on the list: its two public keys, and the id that is `sig` in hex. */
export interface Device extends DevicePublicKeys {
  readonly id: DeviceId
  readonly name: string
  readonly addedAt: number
  /** With which it joined, so that everybody sees that an invitation is used up; null for the founder's. */
  readonly invitation: InvitationId | null
}

export const deviceIdOf = (sig: Uint8Array): DeviceId => deviceIdCodec.fromCanonical(sig, 'sig')

const device: Codec<Device> = {
  toCanonical: ({ sig, dh, name, addedAt, invitation }, field) =>
    listedDevice.toCanonical([sig, dh, name, addedAt, invitation], field),
  fromCanonical: (value, field) => {
    const [sig, dh, name, addedAt, invitation] = listedDevice.fromCanonical(value, field)
    return { id: deviceIdOf(sig), sig, dh, name, addedAt, invitation }
  },
}

const person = row(1, {
  personId: personIdCodec,
  name: nameCodec,
  title: detailCodec,
  department: detailCodec,
  email: detailCodec,
  phone: detailCodec,
  /** SHA-256 of the picture, which travels as a file. */
  photoHash: nullable(bytes(32)),
  devices: sortedBy(device, MAX_DEVICES_PER_PERSON, ({ id }) => id),
  /** What the organisation calls them beyond the title: `helpdesk`. Who signs stands in the root alone. */
  roles: sortedBy(nameCodec, MAX_PERSON_ROLES, role => role),
})
export type Person = Decoded<typeof person>

const group = row(2, {
  groupId: groupIdCodec,
  name: nameCodec,
  /** By hand. */
  members: sortedBy(personIdCodec, MAX_PEOPLE, id => id),
  /** Everybody in these departments as well. */
  departments: sortedBy(text(1, MAX_DETAIL_CHARACTERS), MAX_GROUP_DEPARTMENTS, department => department),
})
export type Group = Decoded<typeof group>

const tombstone = row(3, {
  /** The device that may never be listed again. */
  deviceId: deviceIdCodec,
  /** Whose it was. */
  personId: personIdCodec,
  removedAt: time,
  reason: choice({ left: 0, lost: 1, stolen: 2, replaced: 3 }),
  /** With which it had joined: it stays used up. */
  invitation: nullable(invitationIdCodec),
})
export type Tombstone = Decoded<typeof tombstone>

/** One entry of the contact list, with the exact bytes under the Merkle root. */
export type Leaf = { readonly key: LeafKey; readonly bytes: Uint8Array } & (
  | { readonly kind: 'person'; readonly value: Person }
  | { readonly kind: 'group'; readonly value: Group }
  | { readonly kind: 'tombstone'; readonly value: Tombstone }
)

declare const leafKeyBrand: unique symbol
/** Kind and id in hex. Leaves are in ascending order of it, and no two have the same. */
export type LeafKey = string & { readonly [leafKeyBrand]: true }
export const personKey = (id: PersonId): LeafKey => `01${id}` as LeafKey
export const groupKey = (id: GroupId): LeafKey => `02${id}` as LeafKey
export const tombstoneKey = (id: DeviceId): LeafKey => `03${id}` as LeafKey

/** Bytes of a key after its kind, by kind. */
const LEAF_ID_BYTES: Readonly<Record<string, number>> = { '01': 16, '02': 16, '03': 32 }

/** A key on its own: what is said of a leaf that is not there. */
export const leafKey: Codec<LeafKey> = {
  toCanonical: value => fromHex(value),
  fromCanonical: (value, name) => {
    const hex = value instanceof Uint8Array && value.length <= 33 ? toHex(value) : ''
    if (hex.length !== 2 + 2 * (LEAF_ID_BYTES[hex.slice(0, 2)] ?? Number.NaN))
      throw new LanyardError('document-malformed', `'${name}' must be the key of a person, a group or a tombstone`)
    return hex as LeafKey
  },
}

const encodeLeaf = <T>(codec: Codec<T>, value: T): Leaf =>
  decodeLeaf(documentOf(codec, 'leaf', MAX_LEAF_BYTES).encode(value))

export const leafOfPerson = (value: Person): Leaf => encodeLeaf(person, value)
export const leafOfGroup = (value: Group): Leaf => encodeLeaf(group, value)
export const leafOfTombstone = (value: Tombstone): Leaf => encodeLeaf(tombstone, value)

/** Throws `document-malformed`, `document-too-large`. */
export const decodeLeaf = (encoded: Uint8Array): Leaf => {
  const fields = decodeCanonical(encoded, { maxBytes: MAX_LEAF_BYTES })
  switch (Array.isArray(fields) ? fields[0] : undefined) {
    case 1: {
      const value = person.fromCanonical(fields, 'person')
      return { kind: 'person', key: personKey(value.personId), bytes: encoded, value }
    }
    case 2: {
      const value = group.fromCanonical(fields, 'group')
      return { kind: 'group', key: groupKey(value.groupId), bytes: encoded, value }
    }
    case 3: {
      const value = tombstone.fromCanonical(fields, 'tombstone')
      return { kind: 'tombstone', key: tombstoneKey(value.deviceId), bytes: encoded, value }
    }
    default:
      throw new LanyardError('document-malformed', 'A leaf must be a person, a group or a tombstone')
  }
}
