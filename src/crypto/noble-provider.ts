import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { randomBytes } from '@noble/hashes/utils.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { LanyardError } from '../shared/errors.ts'
import { equalBytes, wipe } from './bytes.ts'
import {
  AEAD_KEY_BYTES,
  AEAD_NONCE_BYTES,
  AEAD_TAG_BYTES,
  type CryptoProvider,
  ED25519_KEY_BYTES,
  ED25519_SIGNATURE_BYTES,
  expectLength,
  MLKEM768_CIPHERTEXT_BYTES,
  MLKEM768_PUBLIC_KEY_BYTES,
  MLKEM768_SEED_BYTES,
  SHA256_BYTES,
  X25519_BYTES,
} from './provider.ts'

/** RFC 5869 2.3: 255 blocks. */
const MAX_HKDF_BYTES = 255 * SHA256_BYTES

const ALL_ZERO = new Uint8Array(X25519_BYTES)

/** The backend in plain TypeScript: runs in every runtime, and is the reference for the native one. */
export const nobleProvider: CryptoProvider = {
  name: 'noble',
  randomBytes: length => randomBytes(length),
  sha256: bytes => sha256(bytes),
  sha512: bytes => sha512(bytes),
  hmacSha256: (key, bytes) => hmac(sha256, key, bytes),
  hkdfSha256(ikm, salt, info, length) {
    if (length > MAX_HKDF_BYTES) throw new RangeError(`HKDF: ${length} bytes where at most ${MAX_HKDF_BYTES} exist`)
    return hkdf(sha256, ikm, salt, info, length)
  },

  x25519PublicKey: secret => x25519.getPublicKey(expectLength(secret, X25519_BYTES, 'X25519 secret')),

  x25519(secret, publicKey) {
    expectLength(secret, X25519_BYTES, 'X25519 secret')
    expectLength(publicKey, X25519_BYTES, 'X25519 public key')
    let shared: Uint8Array
    try {
      shared = x25519.getSharedSecret(secret, publicKey)
    } catch (cause) {
      throw new LanyardError('bad-input', 'X25519 public key of small order', { cause })
    }
    if (equalBytes(shared, ALL_ZERO)) throw new LanyardError('bad-input', 'X25519 public key of small order')
    return shared
  },

  ed25519PublicKey: seed => ed25519.getPublicKey(expectLength(seed, ED25519_KEY_BYTES, 'Ed25519 seed')),
  ed25519Sign: (message, seed) => ed25519.sign(message, expectLength(seed, ED25519_KEY_BYTES, 'Ed25519 seed')),
  ed25519Signer: seed => {
    const own = Uint8Array.from(expectLength(seed, ED25519_KEY_BYTES, 'Ed25519 seed'))
    return message => ed25519.sign(message, own)
  },
  ed25519Verify: (signature, message, publicKey) =>
    signature.length === ED25519_SIGNATURE_BYTES &&
    publicKey.length === ED25519_KEY_BYTES &&
    ed25519.verify(signature, message, publicKey, { zip215: false }),

  mlkem768Keygen(seed = randomBytes(MLKEM768_SEED_BYTES)) {
    const { publicKey, secretKey } = ml_kem768.keygen(expectLength(seed, MLKEM768_SEED_BYTES, 'ML-KEM seed'))
    wipe(secretKey)
    return { publicKey, seed: seed.slice() }
  },

  mlkem768Encapsulate(publicKey, randomness) {
    expectLength(publicKey, MLKEM768_PUBLIC_KEY_BYTES, 'ML-KEM public key')
    try {
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey, randomness)
      return { ciphertext: cipherText, sharedSecret }
    } catch (cause) {
      throw new LanyardError('bad-input', 'ML-KEM public key that is not reduced', { cause })
    }
  },

  mlkem768Decapsulate(ciphertext, seed) {
    expectLength(ciphertext, MLKEM768_CIPHERTEXT_BYTES, 'ML-KEM ciphertext')
    const { secretKey } = ml_kem768.keygen(expectLength(seed, MLKEM768_SEED_BYTES, 'ML-KEM seed'))
    const sharedSecret = ml_kem768.decapsulate(ciphertext, secretKey)
    wipe(secretKey)
    return sharedSecret
  },

  aeadSeal(key, nonce, aad, plaintext) {
    expectLength(key, AEAD_KEY_BYTES, 'AEAD key')
    expectLength(nonce, AEAD_NONCE_BYTES, 'AEAD nonce')
    return chacha20poly1305(key, nonce, aad).encrypt(plaintext)
  },

  aeadOpen(key, nonce, aad, sealed) {
    expectLength(key, AEAD_KEY_BYTES, 'AEAD key')
    expectLength(nonce, AEAD_NONCE_BYTES, 'AEAD nonce')
    if (sealed.length < AEAD_TAG_BYTES) return undefined
    try {
      return chacha20poly1305(key, nonce, aad).decrypt(sealed)
    } catch (error) {
      // noble has one plain Error for a wrong tag; anything else is a bug
      if (error instanceof TypeError || error instanceof RangeError) throw error
      return undefined
    }
  },
}
