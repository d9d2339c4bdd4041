import * as z from 'zod/mini'
import { deviceId, groupId, invitationId, keyId, personId, photoHash, proposalId } from '../ids.ts'
import { MAX_GROUP_DEPARTMENTS, MAX_INVITATION_CHARACTERS, MAX_PEOPLE, MAX_TOLD_CHANGES } from '../limits.ts'
import { personTexts, policy, removalReason } from './edits.ts'
import { count, detail, fingerprintWords, personName, time } from './entities.ts'

/** Who may sign what; see docs/PROTOCOL.md section 3. */
export const roleName = z.enum(['root', 'contacts', 'orders', 'freshness'])
export type RoleName = z.infer<typeof roleName>

const text = z.string().check(z.maxLength(4_000))

/** One field that is not what it was; both sides in words for people, cut where they are long. */
const changedField = z.strictObject({ field: z.string().check(z.maxLength(40)), before: text, after: text })

/** What is different from one version to the next, computed from the documents and never taken from anybody's word. */
export const recordedChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person-added'), personId, name: personName }),
  z.strictObject({ kind: z.literal('person-changed'), personId, name: personName, fields: z.array(changedField) }),
  z.strictObject({ kind: z.literal('person-removed'), personId, name: personName }),
  z.strictObject({ kind: z.literal('device-added'), deviceId, personId, name: personName, deviceName: personName }),
  z.strictObject({
    kind: z.literal('device-removed'),
    deviceId,
    personId,
    name: personName,
    deviceName: personName,
    reason: removalReason,
  }),
  z.strictObject({ kind: z.literal('group-added'), groupId, name: personName }),
  z.strictObject({ kind: z.literal('group-changed'), groupId, name: personName, fields: z.array(changedField) }),
  z.strictObject({ kind: z.literal('group-removed'), groupId, name: personName }),
  z.strictObject({ kind: z.literal('policy-changed'), fields: z.array(changedField) }),
  z.strictObject({
    kind: z.enum(['key-added', 'key-removed']),
    keyId,
    /** Whose key; null for one that belongs to nobody in particular. */
    personId: z.nullable(personId),
    name: personName,
    label: personName,
    roles: z.array(roleName),
    /**
     * Of a key that a proposal would add: whether this device holds an offer of that person, for exactly this key in
     * exactly this place. Left out of what is not proposed.
     */
    isOffered: z.optional(z.boolean()),
  }),
  z.strictObject({ kind: z.literal('threshold-changed'), role: roleName, before: count, after: count, of: count }),
  z.strictObject({ kind: z.literal('organisation-renamed'), before: personName, after: personName }),
])
export type RecordedChange = z.infer<typeof recordedChange>

export const toldChanges = z.array(recordedChange).check(z.maxLength(MAX_TOLD_CHANGES))

/** Whoever signed, as the root of that time names them. */
export const signer = z.strictObject({ keyId, personId: z.nullable(personId), name: personName })
export type Signer = z.infer<typeof signer>

/** One version of the list or of the root, with what it changed. */
export const historyEntry = z.strictObject({
  kind: z.enum(['list', 'root']),
  version: count,
  at: time,
  signedBy: z.array(signer),
  threshold: count,
  changes: toldChanges,
  /** Of all changes, also those that are not told one by one. */
  changeCount: count,
})
export type HistoryEntry = z.infer<typeof historyEntry>

/** What a form is about. */
export const draftTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), personId }),
  z.strictObject({ kind: z.literal('group'), groupId }),
  z.strictObject({ kind: z.literal('policy') }),
])
export type DraftTarget = z.infer<typeof draftTarget>

/** What a person, a group or the policy will be once what is staged is signed: whole, so that a form goes on from there. */
export const stagedDraft = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('person'),
    personId,
    ...personTexts,
    photo: z.nullable(photoHash),
  }),
  z.strictObject({
    kind: z.literal('group'),
    groupId,
    name: personName,
    members: z.array(personId).check(z.maxLength(MAX_PEOPLE)),
    departments: z.array(detail).check(z.maxLength(MAX_GROUP_DEPARTMENTS)),
  }),
  z.strictObject({ kind: z.literal('policy'), ...policy.shape }),
])
export type StagedDraft = z.infer<typeof stagedDraft>

/** An edit that nobody has signed yet; only this device knows of it. */
export const stagedChange = z.strictObject({
  /** Of the edit, to take it back. */
  id: z.int().check(z.minimum(1)),
  stagedAt: time,
  change: recordedChange,
  /** What it was about has gone from the list since: it cannot be signed, only taken back. */
  problem: z.nullable(z.enum(['person-gone', 'device-gone', 'group-gone'])),
  /** Left out where no form is asked for. */
  draft: z.optional(stagedDraft),
})
export type StagedChange = z.infer<typeof stagedChange>

/** A signed change that waits for more signatures. */
export const proposal = z.strictObject({
  id: proposalId,
  kind: z.enum(['list', 'root']),
  /** That it becomes. */
  version: count,
  proposedBy: z.strictObject({ personId, name: personName }),
  proposedAt: time,
  changes: toldChanges,
  changeCount: count,
  signedBy: z.array(signer),
  /** What is needed, and how much of it is there: one row for a list, two for a root (the old root's keys and the new one's). */
  needs: z.array(z.strictObject({ of: z.enum(['contacts', 'root', 'next-root']), signed: count, threshold: count })),
  /** Whether a key of this device (list), or its person's recovery sheet (root), is still wanted. */
  wantsOwn: z.boolean(),
  isOwn: z.boolean(),
})
export type Proposal = z.infer<typeof proposal>

/** A key that may sign for the organisation. */
export const administratorKey = z.strictObject({
  id: keyId,
  personId: z.nullable(personId),
  name: personName,
  label: personName,
  roles: z.array(roleName),
  /** Whether this device holds it. */
  isHere: z.boolean(),
})
export type AdministratorKey = z.infer<typeof administratorKey>

/** A colleague who would sign for the organisation, and the keys that they made for it. */
export const keyOffer = z.strictObject({
  id: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  personId,
  name: personName,
  /** Of the offered keys: the same on the colleague's screen. */
  words: fingerprintWords,
  hasRootKey: z.boolean(),
  offeredAt: time,
})
export type KeyOffer = z.infer<typeof keyOffer>

export const roleRule = z.strictObject({ threshold: count, keys: count })

export const administrators = z.strictObject({
  rootVersion: count,
  signedAt: time,
  expiresAt: time,
  roles: z.strictObject({ root: roleRule, contacts: roleRule, orders: roleRule, freshness: roleRule }),
  keys: z.array(administratorKey),
  offers: z.array(keyOffer),
  /** The offer of this device's person, while it is not taken up. */
  ownOffer: z.nullable(z.strictObject({ words: fingerprintWords, offeredAt: time })),
})
export type Administrators = z.infer<typeof administrators>

/** How far a device is, as it said when it was last connected to this one. */
export const deviceState = z.strictObject({
  id: deviceId,
  personId,
  name: personName,
  deviceName: personName,
  addedAt: time,
  seenAt: z.nullable(time),
  listVersion: z.nullable(count),
  isOnline: z.boolean(),
  isThisDevice: z.boolean(),
})
export type DeviceState = z.infer<typeof deviceState>

/** Two signed documents that cannot both be true. */
export const fork = z.strictObject({
  document: z.enum(['root', 'contacts', 'freshness']),
  version: count,
  noticedAt: time,
  /** Who signed the one that counts here, and who signed the other. */
  trustedBy: z.array(signer),
  contradictedBy: z.array(signer),
})
export type Fork = z.infer<typeof fork>

/** An invitation with what hands it over. */
export const issuedInvitation = z.strictObject({
  id: invitationId,
  personId,
  name: personName,
  email: detail,
  link: z.string().check(z.maxLength(MAX_INVITATION_CHARACTERS)),
  expiresAt: time,
})
export type IssuedInvitation = z.infer<typeof issuedInvitation>
