import { type CryptoProvider, X25519_BYTES } from './provider.ts'

/** An X25519 key pair: ephemeral keys, prekeys, ratchet keys. */
export interface KeyPair {
  readonly secret: Uint8Array
  readonly publicKey: Uint8Array
}

export const generateKeyPair = (provider: CryptoProvider): KeyPair => {
  const secret = provider.randomBytes(X25519_BYTES)
  return { secret, publicKey: provider.x25519PublicKey(secret) }
}
