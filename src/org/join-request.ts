import {
  type CryptoProvider,
  concatBytes,
  type DeviceKeys,
  equalBytes,
  fingerprintWords,
  fromHex,
  sign,
  utf8,
  verifySignature,
} from '../crypto/index.ts'
import type { DeviceId, InvitationId, OrganisationId } from '../shared/ids.ts'
import { blob, bytes, type Decoded, documentOf, literal, record, time } from './codec.ts'
import { type Invitation, invitationIdCodec, invitationIdOf } from './invitation.ts'
import { deviceIdOf } from './leaf.ts'
import { MAX_JOIN_REQUEST_BYTES } from './limits.ts'
import { nameCodec, organisationIdCodec, personIdCodec } from './root.ts'

const PROOF_CONTEXT = utf8('lanyard/join-proof/1\0')
const SIGNATURE_CONTEXT = 'lanyard/join-request/1'

const body = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  invitation: [2, invitationIdCodec],
  personId: [3, personIdCodec],
  sig: [4, bytes(32)],
  dh: [5, bytes(32)],
  deviceName: [6, nameCodec],
  requestedAt: [7, time],
})
const bodyDocument = documentOf(body, 'join request', MAX_JOIN_REQUEST_BYTES)

const envelopeDocument = documentOf(
  record({
    body: [0, blob(MAX_JOIN_REQUEST_BYTES)],
    /** HMAC-SHA-256 with the invitation's secret over the body: only who holds the invitation can make it. */
    proof: [1, bytes(32)],
    /** By the device, over body and proof: only this device can ask for itself. */
    signature: [2, bytes(64)],
  }),
  'join request',
  MAX_JOIN_REQUEST_BYTES,
)

/** A device asks to be put on the contact list as the person that the invitation names. */
export interface JoinRequest {
  readonly organisationId: OrganisationId
  readonly invitationId: InvitationId
  readonly personId: Decoded<typeof personIdCodec>
  readonly device: { readonly id: DeviceId; readonly sig: Uint8Array; readonly dh: Uint8Array; readonly name: string }
  /** By the device's own clock. */
  readonly requestedAt: number
  /** The exact bytes under the proof, the proof, and the signature over both. */
  readonly body: Uint8Array
  readonly proof: Uint8Array
  readonly signature: Uint8Array
}

const proofOf = (provider: CryptoProvider, secret: Uint8Array, encoded: Uint8Array): Uint8Array =>
  provider.hmacSha256(secret, concatBytes(PROOF_CONTEXT, encoded))

/** Bytes for the join protocol or a file. */
export const createJoinRequest = (
  provider: CryptoProvider,
  invited: Invitation,
  { keys, deviceName, now }: { keys: DeviceKeys; deviceName: string; now: number },
): Uint8Array => {
  const encoded = bodyDocument.encode({
    format: 1,
    organisation: invited.organisation,
    invitation: invitationIdOf(provider, invited.secret),
    personId: invited.personId,
    sig: keys.sig.publicKey,
    dh: keys.dh.publicKey,
    deviceName,
    requestedAt: now,
  })
  const proof = proofOf(provider, invited.secret, encoded)
  const signature = sign(provider, keys.sig.seed, SIGNATURE_CONTEXT, concatBytes(encoded, proof))
  return envelopeDocument.encode({ body: encoded, proof, signature })
}

/** Reads a request, whoever made it: only `provesInvitation` says so. Throws `document-malformed`, `document-too-large`. */
export const readJoinRequest = (encoded: Uint8Array): JoinRequest => {
  const { body, proof, signature } = envelopeDocument.decode(encoded)
  const { organisation, invitation, personId, sig, dh, deviceName, requestedAt } = bodyDocument.decode(body)
  return {
    organisationId: organisation,
    invitationId: invitation,
    personId,
    device: { id: deviceIdOf(sig), sig, dh, name: deviceName },
    requestedAt,
    body,
    proof,
    signature,
  }
}

/**
 * Whether the request was made by the device that it names, by somebody who holds this invitation, and as the person
 * that it names. The signature comes last: to refuse one takes milliseconds, and anybody near can send many.
 */
export const provesInvitation = (
  provider: CryptoProvider,
  { organisationId, invitationId, personId, device, body, proof, signature }: JoinRequest,
  invited: Pick<Invitation, 'organisation' | 'personId' | 'secret'>,
): boolean =>
  organisationId === invited.organisation &&
  personId === invited.personId &&
  invitationId === invitationIdOf(provider, invited.secret) &&
  equalBytes(proof, proofOf(provider, invited.secret, body)) &&
  verifySignature(provider, device.sig, SIGNATURE_CONTEXT, concatBytes(body, proof), signature)

/** Six words, the same on the new device and on the administrator's screen when nobody stands in between. */
export const joinFingerprint = (
  provider: CryptoProvider,
  organisationId: OrganisationId,
  { sig, dh }: { sig: Uint8Array; dh: Uint8Array },
): readonly string[] => fingerprintWords(provider, fromHex(organisationId), sig, dh)
