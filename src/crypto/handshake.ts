import { concatBytes, equalBytes, utf8, wipe } from './bytes.ts'
import type { DeviceKeys, DevicePublicKeys } from './device-keys.ts'
import { generateKeyPair, type KeyPair } from './key-pair.ts'
import type { PrekeyBundle } from './prekey-bundle.ts'
import type { OneTimeKey, PrekeySecrets } from './prekey-secrets.ts'
import { type CryptoProvider, SHA256_BYTES, X25519_BYTES } from './provider.ts'

/** What the responder needs to compute the same secret. Repeated in each envelope until the first answer. */
export interface HandshakeHeader {
  /** EK: the initiator's ephemeral X25519 key, 32 bytes. */
  readonly ephemeral: Uint8Array
  readonly epoch: number
  readonly oneTimeId: number | null
  /** ML-KEM-768 ciphertext, 1,088 bytes. */
  readonly ciphertext: Uint8Array
}

/** What both sides hold afterwards. */
export interface HandshakeSecret {
  /** KM, 32 bytes: the first root key of the ratchet. */
  readonly rootKey: Uint8Array
  /** AD, 64 bytes: who talks to whom, and with which keys. */
  readonly associatedData: Uint8Array
  /** 16 bytes of a hash of AD: the session's public name. */
  readonly sessionId: Uint8Array
}

export const ASSOCIATED_DATA_BYTES = 2 * SHA256_BYTES
export const SESSION_ID_BYTES = 16
export const ROOT_KEY_BYTES = 32

const INFO = utf8('lanyard/pqxdh/x25519-mlkem768-sha256/1')
const SESSION_CONTEXT = utf8('lanyard/session/1\0')
/** X3DH 2.2: F, 32 bytes of 0xFF before the key material, so that it is no valid point encoding. */
const PREFIX = new Uint8Array(X25519_BYTES).fill(0xff)
const ZERO_SALT = new Uint8Array(SHA256_BYTES)
const NOTHING = new Uint8Array(0)

interface Transcript {
  readonly initiator: DevicePublicKeys
  readonly responder: DevicePublicKeys
  readonly ephemeral: Uint8Array
  readonly signedPrekey: Uint8Array
  readonly kemPrekey: Uint8Array
  readonly oneTimeKey: Uint8Array | null
  readonly ciphertext: Uint8Array
}

/** Key schedule of docs/PROTOCOL.md section 5: KM = HKDF(0xFF*32 | DH1 | DH2 | DH3 [| DH4] | ss, salt 0*32, label | AD). Wipes `secrets`. */
const deriveSecret = (
  provider: CryptoProvider,
  { initiator, responder, ephemeral, signedPrekey, kemPrekey, oneTimeKey, ciphertext }: Transcript,
  secrets: readonly Uint8Array[],
): HandshakeSecret => {
  const associatedData = concatBytes(
    provider.sha256(concatBytes(initiator.sig, initiator.dh, responder.sig, responder.dh)),
    provider.sha256(concatBytes(ephemeral, signedPrekey, kemPrekey, oneTimeKey ?? NOTHING, ciphertext)),
  )
  const material = concatBytes(PREFIX, ...secrets)
  const rootKey = provider.hkdfSha256(material, ZERO_SALT, concatBytes(INFO, associatedData), ROOT_KEY_BYTES)
  wipe(material, ...secrets)
  const sessionId = provider.sha256(concatBytes(SESSION_CONTEXT, associatedData)).slice(0, SESSION_ID_BYTES)
  return { rootKey, associatedData, sessionId }
}

export interface Initiation {
  readonly provider: CryptoProvider
  readonly self: DeviceKeys
  readonly peer: DevicePublicKeys
  /** Verified. */
  readonly prekeys: PrekeyBundle
  /** False when the bundle's one-time key was used before. */
  readonly withOneTime: boolean
}

/**
 * The initiator's side. Throws `bad-input` when the peer's prekeys are keys that no honest device makes (small order,
 * not reduced).
 */
export const initiateHandshake = ({
  provider,
  self,
  peer,
  prekeys,
  withOneTime,
}: Initiation): HandshakeSecret & { readonly header: HandshakeHeader } => {
  const oneTime = withOneTime ? prekeys.oneTime : null
  const ephemeral = generateKeyPair(provider)
  const { ciphertext, sharedSecret } = provider.mlkem768Encapsulate(prekeys.kem)
  const dh1 = provider.x25519(self.dh.secret, prekeys.signed)
  const dh2 = provider.x25519(ephemeral.secret, peer.dh)
  const dh3 = provider.x25519(ephemeral.secret, prekeys.signed)
  const dh4 = oneTime === null ? NOTHING : provider.x25519(ephemeral.secret, oneTime.publicKey)
  const secret = deriveSecret(
    provider,
    {
      initiator: { sig: self.sig.publicKey, dh: self.dh.publicKey },
      responder: peer,
      ephemeral: ephemeral.publicKey,
      signedPrekey: prekeys.signed,
      kemPrekey: prekeys.kem,
      oneTimeKey: oneTime?.publicKey ?? null,
      ciphertext,
    },
    [dh1, dh2, dh3, dh4, sharedSecret],
  )
  wipe(ephemeral.secret)
  const header = {
    ephemeral: ephemeral.publicKey,
    epoch: prekeys.epoch,
    oneTimeId: oneTime?.id ?? null,
    ciphertext,
  }
  return { ...secret, header }
}

export interface Response {
  readonly provider: CryptoProvider
  readonly self: DeviceKeys
  readonly peer: DevicePublicKeys
  readonly header: HandshakeHeader
  readonly prekeys: PrekeySecrets
}

/**
 * The responder's side. Undefined when the private part of a prekey is gone. Throws `bad-input` for an ephemeral key of
 * small order. Nothing is proved until the first message opens with the result.
 */
export const answerHandshake = ({
  provider,
  self,
  peer,
  header,
  prekeys,
}: Response): (HandshakeSecret & { readonly signedPrekey: KeyPair }) | undefined => {
  const epoch = prekeys.epochs.find(candidate => candidate.epoch === header.epoch)
  const isOurs = (key: OneTimeKey) => key.id === header.oneTimeId && equalBytes(key.peer, peer.sig)
  const oneTime = header.oneTimeId === null ? null : prekeys.oneTime.find(isOurs)
  if (epoch === undefined || oneTime === undefined) return undefined
  const dh1 = provider.x25519(epoch.signed.secret, peer.dh)
  const dh2 = provider.x25519(self.dh.secret, header.ephemeral)
  const dh3 = provider.x25519(epoch.signed.secret, header.ephemeral)
  const dh4 = oneTime === null ? NOTHING : provider.x25519(oneTime.secret, header.ephemeral)
  const sharedSecret = provider.mlkem768Decapsulate(header.ciphertext, epoch.kem.seed)
  const secret = deriveSecret(
    provider,
    {
      initiator: peer,
      responder: { sig: self.sig.publicKey, dh: self.dh.publicKey },
      ephemeral: header.ephemeral,
      signedPrekey: epoch.signed.publicKey,
      kemPrekey: epoch.kem.publicKey,
      oneTimeKey: oneTime?.publicKey ?? null,
      ciphertext: header.ciphertext,
    },
    [dh1, dh2, dh3, dh4, sharedSecret],
  )
  return { ...secret, signedPrekey: epoch.signed }
}
