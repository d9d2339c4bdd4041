import { LanyardError } from '../shared/errors.ts'
import { equalBytes } from './bytes.ts'
import { decodeCanonical, encodeCanonical } from './canonical.ts'
import type { DeviceKeys } from './device-keys.ts'
import { MAX_PREKEY_BUNDLE_BYTES } from './limits.ts'
import { currentEpoch, type PrekeySecrets, reservedOneTimeKey } from './prekey-secrets.ts'
import {
  type CryptoProvider,
  ED25519_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  MLKEM768_PUBLIC_KEY_BYTES,
  X25519_BYTES,
} from './provider.ts'
import { readBlob, readBytes, readInteger, readNullable, readTuple, readVersion } from './shape.ts'
import { sign, verifySignature } from './signature.ts'

/** What others need to write to a device first; signed by the device. Of two bundles the higher epoch counts. */
export interface PrekeyBundle {
  readonly epoch: number
  /** Milliseconds since 1970, by the device's own clock. */
  readonly createdAt: number
  /** X25519, 32 bytes. */
  readonly signed: Uint8Array
  /** ML-KEM-768, 1,184 bytes. */
  readonly kem: Uint8Array
  /** For this receiver and one handshake only; never passed on. */
  readonly oneTime: { readonly id: number; readonly publicKey: Uint8Array } | null
}

const VERSION = 1
const CONTEXT = 'lanyard/prekeys/1'

/**
 * The signed public side: `[signed bytes, signature]` over `[1, device, epoch, createdAt, SPK, PQPK, null | [id, OPK]]`.
 * `withOneTime` names the peer (Ed25519 public key) whose reserved one-time key goes along: only straight to that
 * peer, while it is online. Without it the bundle may be spread by anybody.
 */
export const publicPrekeys = (
  provider: CryptoProvider,
  keys: DeviceKeys,
  secrets: PrekeySecrets,
  { withOneTime }: { withOneTime?: Uint8Array } = {},
): Uint8Array => {
  const { epoch, createdAt, signed, kem } = currentEpoch(secrets)
  const oneTime = withOneTime && reservedOneTimeKey(secrets, withOneTime)
  const bytes = encodeCanonical([
    VERSION,
    keys.sig.publicKey,
    epoch,
    createdAt,
    signed.publicKey,
    kem.publicKey,
    oneTime ? [oneTime.id, oneTime.publicKey] : null,
  ])
  return encodeCanonical([bytes, sign(provider, keys.sig.seed, CONTEXT, bytes)])
}

/**
 * Reads a bundle of the device with this Ed25519 public key. Throws `document-malformed`, `document-too-large` and
 * `signature-missing` (a bundle of somebody else, or changed on the way).
 */
export const verifyPrekeyBundle = (provider: CryptoProvider, device: Uint8Array, bundle: Uint8Array): PrekeyBundle => {
  const outer = readTuple(decodeCanonical(bundle, { maxBytes: MAX_PREKEY_BUNDLE_BYTES }), 2, 'prekey bundle')
  const bytes = readBlob(outer[0], MAX_PREKEY_BUNDLE_BYTES, 'prekey bundle')
  const signature = readBytes(outer[1], ED25519_SIGNATURE_BYTES, 'signature')
  const value = decodeCanonical(bytes, { maxBytes: MAX_PREKEY_BUNDLE_BYTES })
  const [version, signer, epoch, createdAt, signed, kem, oneTime] = readTuple(value, 7, 'prekeys')
  readVersion(version, VERSION, 'prekeys')
  const read: PrekeyBundle = {
    epoch: readInteger(epoch, 'epoch'),
    createdAt: readInteger(createdAt, 'time'),
    signed: readBytes(signed, X25519_BYTES, 'signed prekey'),
    kem: readBytes(kem, MLKEM768_PUBLIC_KEY_BYTES, 'KEM prekey'),
    oneTime: readNullable(oneTime, pair => {
      const [id, publicKey] = readTuple(pair, 2, 'one-time key')
      return { id: readInteger(id, 'one-time key id'), publicKey: readBytes(publicKey, X25519_BYTES, 'one-time key') }
    }),
  }
  if (!equalBytes(readBytes(signer, ED25519_KEY_BYTES, 'device'), device))
    throw new LanyardError('signature-missing', 'These prekeys belong to another device')
  if (!verifySignature(provider, device, CONTEXT, bytes, signature))
    throw new LanyardError('signature-missing', 'The signature of these prekeys is wrong')
  return read
}
