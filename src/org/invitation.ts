import { type CryptoProvider, concatBytes, equalBytes, utf8 } from '../crypto/index.ts'
import { isLanyardError, LanyardError } from '../shared/errors.ts'
import type { InvitationId } from '../shared/ids.ts'
import { MAX_DETAIL_CHARACTERS, MAX_INVITATION_CHARACTERS } from '../shared/limits.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { arrayOf, bytes, type Decoded, documentOf, hexId, literal, record, text, time } from './codec.ts'
import { deviceIdCodec } from './leaf.ts'
import { MAX_ADDRESS_CHARACTERS, MAX_INVITATION_ADDRESSES, MAX_INVITATION_BYTES, MAX_INVITATION_VIA } from './limits.ts'
import { nameCodec, organisationIdCodec, personIdCodec } from './root.ts'

const INVITATION_PREFIX = 'lanyard:join/'
const INVITATION_FORMAT = 1
/** Bytes: one wrong character in four thousand million goes unnoticed. */
const CHECKSUM_BYTES = 4
/** Bytes of the one-time secret that the new device proves to know. */
const INVITATION_SECRET_BYTES = 32

const detail = text(0, MAX_DETAIL_CHARACTERS)

const invitation = record({
  format: [0, literal(INVITATION_FORMAT)],
  /** Also the hash of the first root, which the new device pins. */
  organisation: [1, organisationIdCodec],
  organisationName: [2, nameCodec],
  personId: [3, personIdCodec],
  name: [4, nameCodec],
  title: [5, detail],
  department: [6, detail],
  secret: [7, bytes(INVITATION_SECRET_BYTES)],
  /** Administrators' devices to ask, the likeliest first. */
  via: [
    8,
    arrayOf(
      record({
        device: [0, deviceIdCodec],
        /** The administrator's name. */
        name: [1, nameCodec],
        /** Multiaddrs at the time of writing; they may be out of date. */
        addresses: [2, arrayOf(text(1, MAX_ADDRESS_CHARACTERS), MAX_INVITATION_ADDRESSES)],
      }),
      MAX_INVITATION_VIA,
    ),
  ],
  expires: [9, time],
})

/** What an administrator hands to a new colleague. Whoever has it can ask to join as that person, once. */
export type Invitation = Decoded<typeof invitation>

const encoding = documentOf(invitation, 'invitation', MAX_INVITATION_BYTES)
export const invitationIdCodec = hexId<InvitationId>(16)

/**
 * With a fresh secret. Addresses that are too many, or would make the link too long, are left out, the last first:
 * discovery finds most administrators without them. Throws `bad-input` when even the names are too long.
 */
export const createInvitation = (
  provider: CryptoProvider,
  details: Omit<Invitation, 'format' | 'secret'>,
): Invitation => {
  const created: Invitation = {
    ...details,
    format: INVITATION_FORMAT,
    secret: provider.randomBytes(INVITATION_SECRET_BYTES),
  }
  return fitting(created)
}

const fitting = (candidate: Invitation): Invitation => {
  try {
    encoding.encode(candidate)
    return candidate
  } catch (error) {
    const index = candidate.via.findLastIndex(({ addresses }) => addresses.length > 0)
    if (index < 0 || !isLanyardError(error)) throw error
    const via = candidate.via.map((each, i) =>
      i === index ? { ...each, addresses: each.addresses.slice(0, -1) } : each,
    )
    return fitting({ ...candidate, via })
  }
}

/** The public name of an invitation, which gives nothing of its secret away. */
export const invitationIdOf = (provider: CryptoProvider, secret: Uint8Array): InvitationId =>
  invitationIdCodec.fromCanonical(
    provider.sha256(concatBytes(utf8('lanyard/invitation-id/1\0'), secret)).slice(0, 16),
    'invitation id',
  )

/** The link: `lanyard:join/` and base64url of the canonical CBOR and a checksum. */
export const encodeInvitation = (provider: CryptoProvider, created: Invitation): string => {
  const payload = encoding.encode(created)
  return INVITATION_PREFIX + toBase64url(concatBytes(payload, checksumOf(provider, payload)))
}

const checksumOf = (provider: CryptoProvider, payload: Uint8Array): Uint8Array =>
  provider.sha256(concatBytes(utf8('lanyard/invitation/1\0'), payload)).subarray(0, CHECKSUM_BYTES)

const malformed = (message: string, cause?: unknown) =>
  new LanyardError('invitation-malformed', message, cause === undefined ? {} : { cause })

/** White space and the invisible characters that mail programs put in; `>` begins the lines of a quoted mail. */
const breaks = /[\s>\u00ad\u200b-\u200f\u2060\ufeff]+/u

/**
 * Reads a link as people paste it: broken into lines, in quotation marks or brackets, with text around it. Throws
 * `invitation-malformed`. Whether it is still good says `assertInvitationOpen`.
 */
export const parseInvitation = (provider: CryptoProvider, pasted: string): Invitation => {
  // room for a mail around it, yet no book
  if (pasted.length > 4 * MAX_INVITATION_CHARACTERS) throw malformed('The text is far longer than an invitation')
  const start = /lanyard:\s*(?:\/\/)?join\//i.exec(pasted)
  if (start === null) throw malformed("This is not an invitation: it must begin with 'lanyard:join/'")
  const payload = payloadOf(provider, pasted.slice(start.index + start[0].length))
  try {
    return encoding.decode(payload)
  } catch (cause) {
    throw malformed('The invitation cannot be read; it may be from a newer version of Lanyard', cause)
  }
}

/** Where the link ends among line breaks and following text, only the checksum tells. */
const payloadOf = (provider: CryptoProvider, pasted: string): Uint8Array => {
  let text = ''
  for (const piece of pasted.split(breaks)) {
    const [characters = ''] = /^[\w-]*/.exec(piece) ?? []
    text += characters
    if (text.length > MAX_INVITATION_CHARACTERS) break
    const decoded = fromBase64url(text)
    if (decoded !== null && decoded.length > CHECKSUM_BYTES) {
      const payload = decoded.slice(0, -CHECKSUM_BYTES)
      if (equalBytes(checksumOf(provider, payload), decoded.subarray(-CHECKSUM_BYTES))) return payload
    }
    if (characters.length < piece.length) break
  }
  throw malformed('The invitation is not complete, or a character in it is wrong: please copy all of it again')
}

/** Throws `invitation-expired`. */
export const assertInvitationOpen = (read: Pick<Invitation, 'expires'>, now: number): void => {
  if (read.expires <= now)
    throw new LanyardError('invitation-expired', 'The invitation has run out: please ask for a new one')
}
