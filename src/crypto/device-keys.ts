import { decodeCanonical, encodeCanonical } from './canonical.ts'
import { type CryptoProvider, ED25519_KEY_BYTES, X25519_BYTES } from './provider.ts'
import { readBytes, readTuple, readVersion } from './shape.ts'

/** The two public keys of a device that the contact list names. */
export interface DevicePublicKeys {
  /** Ed25519, 32 bytes: the device's identity. */
  readonly sig: Uint8Array
  /** X25519, 32 bytes: the device's part in every handshake. */
  readonly dh: Uint8Array
}

export interface DeviceKeys {
  readonly sig: { readonly seed: Uint8Array; readonly publicKey: Uint8Array }
  readonly dh: { readonly secret: Uint8Array; readonly publicKey: Uint8Array }
}

const VERSION = 1
const MAX_BYTES = 128

const fromSecrets = (provider: CryptoProvider, seed: Uint8Array, secret: Uint8Array): DeviceKeys => ({
  sig: { seed, publicKey: provider.ed25519PublicKey(seed) },
  dh: { secret, publicKey: provider.x25519PublicKey(secret) },
})

export const generateDeviceKeys = (provider: CryptoProvider): DeviceKeys =>
  fromSecrets(provider, provider.randomBytes(ED25519_KEY_BYTES), provider.randomBytes(X25519_BYTES))

export const publicKeysOf = (keys: DeviceKeys): DevicePublicKeys => ({
  sig: keys.sig.publicKey,
  dh: keys.dh.publicKey,
})

/** `[1, Ed25519 seed, X25519 secret]`, for the encrypted profile only. */
export const encodeDeviceKeys = (keys: DeviceKeys): Uint8Array =>
  encodeCanonical([VERSION, keys.sig.seed, keys.dh.secret])

/** Throws `document-malformed`. The public keys are computed again. */
export const decodeDeviceKeys = (provider: CryptoProvider, bytes: Uint8Array): DeviceKeys => {
  const [version, seed, secret] = readTuple(decodeCanonical(bytes, { maxBytes: MAX_BYTES }), 3, 'device keys')
  readVersion(version, VERSION, 'device keys')
  return fromSecrets(
    provider,
    readBytes(seed, ED25519_KEY_BYTES, 'Ed25519 seed'),
    readBytes(secret, X25519_BYTES, 'X25519 secret'),
  )
}
