import * as z from 'zod/mini'
import { errorCode } from '../errors.ts'
import {
  conversationId,
  deviceId,
  groupId,
  invitationId,
  messageId,
  messageOrder,
  organisationId,
  personId,
  photoHash,
} from '../ids.ts'
import {
  MAX_DETAIL_CHARACTERS,
  MAX_GROUP_DEPARTMENTS,
  MAX_MESSAGE_BYTES,
  MAX_NAME_CHARACTERS,
  MAX_PEOPLE,
  MAX_PERSON_ROLES,
} from '../limits.ts'

/** Milliseconds since 1970, UTC. */
export const time = z.int().check(z.minimum(0))
export const count = z.int().check(z.minimum(0))
export const personName = z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS))
export const detail = z.string().check(z.maxLength(MAX_DETAIL_CHARACTERS))
/** Six words of the English BIP-39 list. */
export const fingerprintWords = z.array(z.string().check(z.maxLength(16))).check(z.length(6))

export const personRoles = z.array(personName).check(z.maxLength(MAX_PERSON_ROLES))

/** A colleague as the signed list says; `listed` is false for somebody who was on it and is not any more. */
export const person = z.strictObject({
  id: personId,
  name: personName,
  title: detail,
  department: detail,
  email: detail,
  phone: detail,
  /** What the organisation calls them beyond the title: `helpdesk`. */
  roles: personRoles,
  /** Their picture, for `photo.get`. */
  photo: z.nullable(photoHash),
  devices: count,
  isAdmin: z.boolean(),
  listed: z.boolean(),
  /** When one of their devices was last connected to this one. */
  lastSeenAt: z.nullable(time),
})
export type Person = z.infer<typeof person>

/** A group that the organisation defines: those named by hand, and everybody of its departments. */
export const group = z.strictObject({
  id: groupId,
  name: personName,
  /** By hand. */
  members: z.array(personId).check(z.maxLength(MAX_PEOPLE)),
  departments: z.array(detail).check(z.maxLength(MAX_GROUP_DEPARTMENTS)),
})
export type Group = z.infer<typeof group>

/**
 * Where a message is, never ahead of the proof: `queued` on this device only; `held` sealed on colleagues' PCs;
 * `delivered` stored on a device of the recipient, which said so; `read`; `failed` with a reason. `received` is the
 * state of every message that somebody else wrote.
 */
export const messageState = z.enum(['queued', 'held', 'delivered', 'read', 'failed', 'received'])
export type MessageState = z.infer<typeof messageState>

export const message = z.strictObject({
  id: messageId,
  conversationId,
  author: personId,
  order: messageOrder,
  /** By the author's clock. */
  sentAt: time,
  /** By this device's clock: when it was stored here. */
  storedAt: time,
  text: z.string().check(z.maxLength(MAX_MESSAGE_BYTES)),
  state: messageState,
  failure: z.nullable(errorCode),
})
export type Message = z.infer<typeof message>

export const conversation = z.strictObject({
  id: conversationId,
  /** The other person; one-to-one conversations are all there is so far. */
  personId,
  /** Of the newest message, or of the creation: the list is sorted by it, newest first. */
  activeAt: time,
  unread: count,
  /** Up to here the person has read, or null. */
  readUpTo: z.nullable(messageOrder),
  latest: z.nullable(
    z.strictObject({
      id: messageId,
      author: personId,
      text: z.string().check(z.maxLength(400)),
      sentAt: time,
      state: messageState,
    }),
  ),
})
export type Conversation = z.infer<typeof conversation>

/** Somebody's device that asks to be put on the contact list. Administrators only. */
export const joinRequest = z.strictObject({
  id: deviceId,
  invitationId,
  personId,
  name: personName,
  title: detail,
  department: detail,
  deviceName: personName,
  words: fingerprintWords,
  requestedAt: time,
  /** `approved`: by this device's person, and more signatures are needed before the device is let in. */
  state: z.enum(['waiting', 'approved']),
  /** Whether the device is connected at this moment and will see the answer at once. */
  isConnected: z.boolean(),
})
export type JoinRequest = z.infer<typeof joinRequest>

/** An invitation that is out. Administrators only. */
export const invitation = z.strictObject({
  id: invitationId,
  personId,
  name: personName,
  title: detail,
  department: detail,
  createdAt: time,
  expiresAt: time,
  state: z.enum(['open', 'used', 'withdrawn', 'expired']),
})
export type Invitation = z.infer<typeof invitation>

export const profileState = z.enum(['empty', 'locked', 'open'])
export const protection = z.enum(['keychain', 'passphrase', 'none'])

/** The organisation as this device knows it. */
export const organisation = z.strictObject({
  id: organisationId,
  name: personName,
  self: personId,
  device: deviceId,
  isAdmin: z.boolean(),
  /** Whether the administrator's signing key is unlocked at this moment. */
  adminUnlocked: z.boolean(),
  /** Whether the profile still holds the root key, because its founder has not confirmed the recovery sheet. */
  recoveryPending: z.boolean(),
  membership: z.enum(['member', 'removed']),
  /** No fresh word of an administrator for longer than the policy allows: messages stay closed until there is one. */
  isLeaseOver: z.boolean(),
  /** When that will be, as things stand; null where the policy sets no lease. */
  leaseEndsAt: z.nullable(time),
  /** What waits for an administrator; `revision` changes whenever an answer of the console's calls would. */
  administration: z.strictObject({ staged: count, proposals: count, offers: count, revision: count }),
  list: z.strictObject({
    version: count,
    people: count,
    signedAt: time,
    signedBy: z.array(personName),
    threshold: count,
    expiresAt: time,
    /** `stale`: no fresh statement by an administrator for a while; `expired`: the list itself has run out. */
    freshness: z.enum(['fresh', 'stale', 'expired']),
    /** When an administrator last vouched that this list is the newest. */
    confirmedAt: time,
    /** Two different lists carry the same version: somebody with an admin key signed twice. */
    forked: z.boolean(),
  }),
})
export type Organisation = z.infer<typeof organisation>

/** This device's own request to join, while it waits. */
export const joining = z.strictObject({
  organisation: personName,
  name: personName,
  title: detail,
  words: fingerprintWords,
  startedAt: time,
  state: z.enum(['searching', 'waiting', 'declined', 'failed']),
  /** Who can approve, as the invitation names them. */
  administrators: z.array(z.strictObject({ name: personName, isReachable: z.boolean() })),
  failure: z.nullable(errorCode),
})
export type Joining = z.infer<typeof joining>

export const network = z.strictObject({
  /** `offline`: this PC has no network at all; `searching`: nobody has answered yet. */
  state: z.enum(['stopped', 'offline', 'searching', 'connected']),
  /** Colleagues (people, not devices) connected to this device. */
  nearby: count,
  since: time,
  /** Interfaces on which discovery hears nothing, not even itself: a firewall blocks UDP 5353. */
  deafInterfaces: z.array(z.string().check(z.maxLength(64))),
  /** Milliseconds that this PC's clock is ahead of most colleagues', when that is far enough to tell; else 0. */
  clockAheadBy: z.int(),
})
export type NetworkStatus = z.infer<typeof network>

/** Everything about the whole that the UI shows and that is not a row of something. */
export const status = z.strictObject({
  profile: z.strictObject({ state: profileState, protection: z.nullable(protection), keychainAvailable: z.boolean() }),
  organisation: z.nullable(organisation),
  joining: z.nullable(joining),
  network,
  /** Who has a device connected to this one now. */
  online: z.array(personId),
  /** A standing fault that the person must know of, e.g. `disk-full`. */
  problem: z.nullable(errorCode),
})
export type Status = z.infer<typeof status>
