import { type CryptoProvider, concatBytes, equalBytes, type Signer, utf8 } from '../../crypto/index.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { MAX_ADDRESS_CHARACTERS, MAX_INVITATION_CHARACTERS } from '../../shared/limits.ts'
import { arrayOf, bytes, type Decoded, documentOf, literal, nullable, record, text } from '../codec.ts'
import { deviceIdCodec, nameCodec } from '../fields.ts'
import { MAX_INVITATION_ADDRESSES, MAX_INVITATION_BYTES, MAX_INVITATION_VIA } from '../limits.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import {
  type Certificate,
  decodeCertificate,
  issueCertificate,
  type SignedCertificate,
  signedCertificateFields,
} from './certificate.ts'

const INVITATION_PREFIX = 'lanyard:join/'
const INVITATION_FORMAT = 1
/** Bytes: one wrong character in four thousand million goes unnoticed. */
const CHECKSUM_BYTES = 4
/** Bytes of the one-time secret: the seed of the invitation's Ed25519 key. */
const INVITATION_SECRET_BYTES = 32

const link = record({
  format: [0, literal(INVITATION_FORMAT)],
  organisationName: [1, nameCodec],
  certificate: [2, signedCertificateFields.certificate],
  issuer: [3, signedCertificateFields.issuer],
  signature: [4, signedCertificateFields.signature],
  secret: [5, bytes(INVITATION_SECRET_BYTES)],
  /** Administrators' devices to ask, the likeliest first. */
  via: [
    6,
    arrayOf(
      record({
        /** Null for the issuer, which is the usual case: 32 bytes make a QR code a size larger. */
        device: [0, nullable(deviceIdCodec)],
        name: [1, nameCodec],
        addresses: [2, arrayOf(text(1, MAX_ADDRESS_CHARACTERS), MAX_INVITATION_ADDRESSES)],
      }),
      MAX_INVITATION_VIA,
    ),
  ],
})

const encoding = documentOf(link, 'invitation', MAX_INVITATION_BYTES)

/** An administrator's device that the new one may ask. */
export interface Via {
  readonly device: DeviceId
  /** The administrator's name. */
  readonly name: string
  /** Multiaddrs at the time of writing; they may be out of date. */
  readonly addresses: readonly string[]
}

/** What an administrator hands to a new colleague. Whoever has it can ask to join as that person, once. */
export interface Invitation extends Omit<Certificate, 'format'> {
  readonly organisationName: string
  readonly secret: Uint8Array
  readonly via: readonly Via[]
  /** The certificate as it was signed, and by which device. */
  readonly signed: SignedCertificate
}

export type InvitationDetails = Omit<Certificate, 'format' | 'key'> & Pick<Invitation, 'organisationName' | 'via'>

/**
 * With a fresh secret, signed by the administrator's device. Addresses that are too many, or would
 * make the link too long, are left out, the last first: discovery finds most administrators without them. Throws
 * `bad-input` when even the names and details are too long.
 */
export const createInvitation = (
  provider: CryptoProvider,
  { organisationName, via, ...certified }: InvitationDetails,
  signer: Signer,
): Invitation => {
  const secret = provider.randomBytes(INVITATION_SECRET_BYTES)
  const details = { ...certified, key: provider.ed25519PublicKey(secret) }
  const signed = issueCertificate(details, signer)
  const { format, ...read } = decodeCertificate(signed.bytes) // as everybody else will read it: text in NFC
  return fitting({ ...read, organisationName: organisationName.normalize('NFC'), secret, via, signed })
}

const fitting = (candidate: Invitation): Invitation => {
  try {
    encoding.encode(payloadFieldsOf(candidate))
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

const payloadFieldsOf = ({ organisationName, secret, via, signed }: Invitation): Decoded<typeof link> => ({
  format: INVITATION_FORMAT,
  organisationName,
  certificate: signed.bytes,
  issuer: signed.issuer,
  signature: signed.signature,
  secret,
  via: via.map(each => ({ ...each, device: each.device === signed.issuer ? null : each.device })),
})

/** The link: `lanyard:join/` and base64url of the canonical CBOR and a checksum. */
export const encodeInvitation = (provider: CryptoProvider, created: Invitation): string => {
  const payload = encoding.encode(payloadFieldsOf(created))
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
 * `invitation-malformed`. Whether it is still good says `assertInvitationOpen`; whether an administrator stands behind it
 * can tell only who has the list.
 */
export const parseInvitation = (provider: CryptoProvider, pasted: string): Invitation => {
  // room for a mail around it, yet no book
  if (pasted.length > 4 * MAX_INVITATION_CHARACTERS) throw malformed('The text is far longer than an invitation')
  const start = /lanyard:\s*(?:\/\/)?join\//i.exec(pasted)
  if (start === null) throw malformed("This is not an invitation: it must begin with 'lanyard:join/'")
  const payload = payloadOf(provider, pasted.slice(start.index + start[0].length))
  try {
    return readPayload(provider, payload)
  } catch (cause) {
    throw malformed('The invitation cannot be read; it may be from a newer version of Lanyard', cause)
  }
}

const readPayload = (provider: CryptoProvider, payload: Uint8Array): Invitation => {
  const { organisationName, certificate, issuer, signature, secret, via } = encoding.decode(payload)
  const { format, ...certified } = decodeCertificate(certificate)
  if (!equalBytes(certified.key, provider.ed25519PublicKey(secret)))
    throw malformed('The secret is not that of the certificate')
  return {
    ...certified,
    organisationName,
    secret,
    via: via.map(each => ({ ...each, device: each.device ?? issuer })),
    signed: { bytes: certificate, issuer, signature },
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
