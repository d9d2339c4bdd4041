import {
  type CryptoProvider,
  concatBytes,
  type DeviceKeys,
  equalBytes,
  fingerprintWords,
  fromHex,
  sign,
  verifySignature,
} from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, InvitationId, OrganisationId } from '../../shared/ids.ts'
import { blob, bytes, documentOf, literal, record, time } from '../codec.ts'
import { deviceIdOf } from '../documents/leaf.ts'
import { nameCodec } from '../fields.ts'
import { MAX_JOIN_REQUEST_BYTES } from '../limits.ts'
import type { TrustedState } from '../trust/trusted.ts'
import {
  type Certificate,
  decodeCertificate,
  invitationIdOfKey,
  type SignedCertificate,
  signedCertificateFields,
  verifyCertificate,
} from './certificate.ts'
import type { Invitation } from './invitation.ts'

const PROOF_CONTEXT = 'lanyard/join-proof/1'
const SIGNATURE_CONTEXT = 'lanyard/join-request/1'

const body = record({
  format: [0, literal(1)],
  /** SHA-256 of the certificate: another one for the same key does not turn this request into somebody else's. */
  certificate: [1, bytes(32)],
  sig: [2, bytes(32)],
  dh: [3, bytes(32)],
  deviceName: [4, nameCodec],
  requestedAt: [5, time],
})
const bodyDocument = documentOf(body, 'join request', MAX_JOIN_REQUEST_BYTES)

const envelopeDocument = documentOf(
  record({
    certificate: [0, signedCertificateFields.certificate],
    issuer: [1, signedCertificateFields.issuer],
    certified: [2, signedCertificateFields.signature],
    body: [3, blob(MAX_JOIN_REQUEST_BYTES)],
    /** By the invitation's key over the body: only who holds the invitation can make it. */
    proof: [4, bytes(64)],
    /** By the device, over body and proof: only this device can ask for itself. */
    signature: [5, bytes(64)],
  }),
  'join request',
  MAX_JOIN_REQUEST_BYTES,
)

/** A device asks to be put on the contact list as the person that the invitation names. */
export interface JoinRequest {
  readonly organisationId: OrganisationId
  readonly invitationId: InvitationId
  /** What the administrator who invited has written of the person. */
  readonly certificate: Certificate
  readonly issuer: DeviceId
  readonly device: { readonly id: DeviceId; readonly sig: Uint8Array; readonly dh: Uint8Array; readonly name: string }
  /** By the device's own clock. */
  readonly requestedAt: number
  readonly signed: {
    readonly certificate: SignedCertificate
    readonly certificateHash: Uint8Array
    /** The exact bytes under the proof, the proof, and the signature over both. */
    readonly body: Uint8Array
    readonly proof: Uint8Array
    readonly signature: Uint8Array
  }
}

/** Bytes for the join protocol, a colleague who carries them, or a file. */
export const createJoinRequest = (
  provider: CryptoProvider,
  { secret, signed }: Pick<Invitation, 'secret' | 'signed'>,
  { keys, deviceName, now }: { keys: DeviceKeys; deviceName: string; now: number },
): Uint8Array => {
  const encoded = bodyDocument.encode({
    format: 1,
    certificate: provider.sha256(signed.bytes),
    sig: keys.sig.publicKey,
    dh: keys.dh.publicKey,
    deviceName,
    requestedAt: now,
  })
  const proof = sign(provider, secret, PROOF_CONTEXT, encoded)
  return envelopeDocument.encode({
    certificate: signed.bytes,
    issuer: signed.issuer,
    certified: signed.signature,
    body: encoded,
    proof,
    signature: sign(provider, keys.sig.seed, SIGNATURE_CONTEXT, concatBytes(encoded, proof)),
  })
}

/** Reads a request, whoever made it: only `verifyJoinRequest` says so. Throws `document-malformed`, `document-too-large`. */
export const readJoinRequest = (provider: CryptoProvider, encoded: Uint8Array): JoinRequest => {
  const { certificate: certificateBytes, issuer, certified, body, proof, signature } = envelopeDocument.decode(encoded)
  const certificate = decodeCertificate(certificateBytes)
  const { certificate: certificateHash, sig, dh, deviceName, requestedAt } = bodyDocument.decode(body)
  return {
    organisationId: certificate.organisation,
    invitationId: invitationIdOfKey(provider, certificate.key),
    certificate,
    issuer,
    device: { id: deviceIdOf(sig), sig, dh, name: deviceName },
    requestedAt,
    signed: {
      certificate: { bytes: certificateBytes, issuer, signature: certified },
      certificateHash,
      body,
      proof,
      signature,
    },
  }
}

/**
 * Whether the request is real: made by the device that it names, by somebody who holds an invitation that an
 * administrator of this organisation has issued, and in time. Any member can tell; which requests are answered, and how,
 * is for the administrators. What costs nothing is looked at first: to refuse a signature takes milliseconds, and
 * anybody near can send many.
 *
 * Throws `wrong-organisation`, `invitation-expired`, `invitation-unknown`, `document-malformed` (not by this device), and
 * `invitation-used` when another device has joined with it, even if it was removed since.
 */
export const verifyJoinRequest = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { certificate, device, invitationId, signed }: JoinRequest,
  now: number,
): void => {
  if (!equalBytes(signed.certificateHash, provider.sha256(signed.certificate.bytes)))
    throw new LanyardError('document-malformed', 'The request was made with another invitation')
  verifyCertificate(provider, trusted, certificate, signed.certificate, now)
  if (!verifySignature(provider, certificate.key, PROOF_CONTEXT, signed.body, signed.proof))
    throw new LanyardError('invitation-unknown', 'Whoever made this request does not hold the invitation')
  const covered = concatBytes(signed.body, signed.proof)
  if (!verifySignature(provider, device.sig, SIGNATURE_CONTEXT, covered, signed.signature))
    throw new LanyardError('document-malformed', 'The request was not made by the device that it names')
  if (isInvitationUsed(trusted, invitationId, device.id))
    throw new LanyardError('invitation-used', 'Another device has joined with this invitation')
}

/** Whether the list names a device, or a device that was removed, which came in by this invitation. */
export const isInvitationUsed = (
  { devices, tombstones }: Pick<TrustedState, 'devices' | 'tombstones'>,
  invitation: InvitationId,
  except?: DeviceId,
): boolean => {
  for (const { device } of devices.values()) if (device.invitation === invitation && device.id !== except) return true
  for (const tombstone of tombstones.values()) if (tombstone.invitation === invitation) return true
  return false
}

/** Six words, the same on the new device and on the administrator's screen when nobody stands in between. */
export const joinFingerprint = (
  provider: CryptoProvider,
  organisationId: OrganisationId,
  { sig, dh }: { sig: Uint8Array; dh: Uint8Array },
): readonly string[] => fingerprintWords(provider, fromHex(organisationId), sig, dh)
