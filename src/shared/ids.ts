import * as z from 'zod/mini'

const hex = (bytes: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)))

/** 16 random bytes, lower-case hex. Given by the administrator who adds the person, never reused. */
export const personId = hex(16).brand<'PersonId'>()
export type PersonId = z.infer<typeof personId>

/** The device's 32-byte Ed25519 public key `sig`, lower-case hex. The libp2p PeerId is made from the same key. */
export const deviceId = hex(32).brand<'DeviceId'>()
export type DeviceId = z.infer<typeof deviceId>

/** SHA-256 of the organisation's first root document, lower-case hex. */
export const organisationId = hex(32).brand<'OrganisationId'>()
export type OrganisationId = z.infer<typeof organisationId>

/** 16 bytes, lower-case hex. Both sides of a one-to-one conversation compute the same id from the two person ids. */
export const conversationId = hex(16).brand<'ConversationId'>()
export type ConversationId = z.infer<typeof conversationId>

/** 16 bytes, lower-case hex, chosen where the message is written; see `newMessageId`. */
export const messageId = hex(16).brand<'MessageId'>()
export type MessageId = z.infer<typeof messageId>

/**
 * 6 bytes of the time (milliseconds since 1970) and 10 of `random`. New ids are the highest, so that an index of ids
 * grows at its end; with ids that are random throughout, each commit of a busy engine rewrites all of it.
 */
export const newMessageId = (now: number, random: Uint8Array): MessageId => {
  if (random.length !== 10) throw new RangeError(`A message id takes 10 random bytes, not ${random.length}`)
  const digits = Array.from(random, byte => byte.toString(16).padStart(2, '0'))
  return `${now.toString(16).padStart(12, '0')}${digits.join('')}` as MessageId
}

/** 16 bytes, lower-case hex, higher with each: one sealed copy of a message for one device. */
export const envelopeId = hex(16).brand<'EnvelopeId'>()
export type EnvelopeId = z.infer<typeof envelopeId>

/** 16 bytes, lower-case hex: the public name of an invitation, derived from its secret. */
export const invitationId = hex(16).brand<'InvitationId'>()
export type InvitationId = z.infer<typeof invitationId>

/** 16 random bytes, lower-case hex: a group of the organisation, on the signed list. */
export const groupId = hex(16).brand<'GroupId'>()
export type GroupId = z.infer<typeof groupId>

/** An administrator's 32-byte Ed25519 public key, lower-case hex: the key is its own id. */
export const keyId = hex(32).brand<'KeyId'>()
export type KeyId = z.infer<typeof keyId>

/** SHA-256 of the document that a proposal asks to sign, lower-case hex. */
export const proposalId = hex(32).brand<'ProposalId'>()
export type ProposalId = z.infer<typeof proposalId>

/** First 16 bytes of SHA-256 of a notice, lower-case hex. */
export const noticeId = hex(16).brand<'NoticeId'>()
export type NoticeId = z.infer<typeof noticeId>

/** SHA-256 of a person's picture, lower-case hex. */
export const photoHash = hex(32).brand<'PhotoHash'>()
export type PhotoHash = z.infer<typeof photoHash>

/** Sortable place of a message in its conversation: a hybrid logical clock, see `engine/clock.ts`. */
export const messageOrder = z
  .string()
  .check(z.regex(/^[0-9a-f]{32}$/))
  .brand<'MessageOrder'>()
export type MessageOrder = z.infer<typeof messageOrder>
