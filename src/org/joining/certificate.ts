import { type CryptoProvider, concatBytes, type Signer, utf8, verifySignature } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, InvitationId } from '../../shared/ids.ts'
import { MAX_INVITATION_LIFETIME } from '../../shared/limits.ts'
import { isAdministratorsDevice } from '../administration/administrators.ts'
import { blob, bytes, type Decoded, documentOf, literal, record, time } from '../codec.ts'
import {
  detailCodec,
  deviceIdCodec,
  invitationIdCodec,
  nameCodec,
  organisationIdCodec,
  personIdCodec,
} from '../fields.ts'
import { MAX_CERTIFICATE_BYTES, MAX_CLOCK_AHEAD } from '../limits.ts'
import type { TrustedState } from '../trust/trusted.ts'

const CONTEXT = 'lanyard/invitation/1'
const ID_CONTEXT = utf8('lanyard/invitation-id/1\0')

const certificate = record({
  format: [0, literal(1)],
  /** Also the hash of the first root, which the new device pins. */
  organisation: [1, organisationIdCodec],
  /** The invitation's Ed25519 public key; its seed is the secret in the link. */
  key: [2, bytes(32)],
  personId: [3, personIdCodec],
  name: [4, nameCodec],
  title: [5, detailCodec],
  department: [6, detailCodec],
  email: [7, detailCodec],
  phone: [8, detailCodec],
  issued: [9, time],
  expires: [10, time],
})

/** An administrator's device says that whoever holds the key may ask to join as this person, until then. */
export type Certificate = Decoded<typeof certificate>

const encoding = documentOf(certificate, 'invitation', MAX_CERTIFICATE_BYTES)
/** Throws `document-malformed`, `document-too-large`. Says nothing of who issued it: see `verifyCertificate`. */
export const decodeCertificate = encoding.decode

/** A certificate as it travels: in the link, and with each request that is made with it. */
export interface SignedCertificate {
  readonly bytes: Uint8Array
  /** The administrator's device that signed. */
  readonly issuer: DeviceId
  readonly signature: Uint8Array
}

/** The fields of a signed certificate where they are part of another structure. */
export const signedCertificateFields = {
  certificate: blob(MAX_CERTIFICATE_BYTES),
  issuer: deviceIdCodec,
  signature: bytes(64),
} as const

/** Throws `bad-input` where the details are longer than a link can carry. */
export const issueCertificate = (details: Omit<Certificate, 'format'>, signer: Signer): SignedCertificate => {
  const encoded = encoding.encode({ ...details, format: 1 })
  return {
    bytes: encoded,
    issuer: deviceIdCodec.fromCanonical(signer.publicKey, 'issuer'),
    signature: signer.sign(CONTEXT, encoded),
  }
}

/** The public name of an invitation: first 16 bytes of a SHA-256 over its key. */
export const invitationIdOfKey = (provider: CryptoProvider, publicKey: Uint8Array): InvitationId =>
  invitationIdCodec.fromCanonical(provider.sha256(concatBytes(ID_CONTEXT, publicKey)).slice(0, 16), 'invitation id')

/** The same from the secret, which its public name gives nothing away of. */
export const invitationIdOf = (provider: CryptoProvider, secret: Uint8Array): InvitationId =>
  invitationIdOfKey(provider, provider.ed25519PublicKey(secret))

const unknown = (message: string) => new LanyardError('invitation-unknown', message)

/**
 * Whether an administrator of this organisation stands behind the invitation at this moment; any member can tell. The
 * signature comes last: anybody near can send many. Throws `wrong-organisation`, `invitation-expired`,
 * `invitation-unknown` (no administrator's device any more, a lifetime that nobody may give, a forged signature).
 */
export const verifyCertificate = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { organisation, issued, expires }: Certificate,
  { bytes, issuer, signature }: SignedCertificate,
  now: number,
): void => {
  if (organisation !== trusted.organisationId)
    throw new LanyardError('wrong-organisation', 'The invitation is to another organisation')
  assertInvitationOpen({ expires }, now)
  if (issued > now + MAX_CLOCK_AHEAD || issued >= expires || expires - issued > MAX_INVITATION_LIFETIME)
    throw unknown('No invitation lasts as long as this one')
  const device = isAdministratorsDevice(trusted, issuer) ? trusted.devices.get(issuer)?.device : undefined
  if (device === undefined) throw unknown("The invitation was not issued by an administrator's device")
  if (!verifySignature(provider, device.sig, CONTEXT, bytes, signature)) throw unknown('The invitation is forged')
}

/** Throws `invitation-expired`. */
export const assertInvitationOpen = ({ expires }: Pick<Certificate, 'expires'>, now: number): void => {
  if (expires <= now)
    throw new LanyardError('invitation-expired', 'The invitation has run out: please ask for a new one')
}
