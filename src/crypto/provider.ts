/** Bytes of an X25519 secret or public key, and of the secret that two of them share. */
export const X25519_BYTES = 32
/** Bytes of an Ed25519 seed and of a public key. */
export const ED25519_KEY_BYTES = 32
export const ED25519_SIGNATURE_BYTES = 64
/** ML-KEM-768 sizes (FIPS 203, table 3). The private part is kept as its 64-byte seed d || z. */
export const MLKEM768_SEED_BYTES = 64
export const MLKEM768_PUBLIC_KEY_BYTES = 1_184
export const MLKEM768_CIPHERTEXT_BYTES = 1_088
export const SHA256_BYTES = 32
export const AEAD_KEY_BYTES = 32
export const AEAD_NONCE_BYTES = 12
export const AEAD_TAG_BYTES = 16

/**
 * The primitives that the protocol stands on. Two backends serve the same bytes: `nobleProvider` runs anywhere,
 * `createNativeProvider` of the engine is faster where Node has the primitive.
 *
 * Arguments of a wrong length throw. Secrets come back in arrays that the caller owns and may wipe.
 */
export interface CryptoProvider {
  readonly name: string
  /** From the platform's CSPRNG. */
  randomBytes(length: number): Uint8Array
  sha256(bytes: Uint8Array): Uint8Array
  sha512(bytes: Uint8Array): Uint8Array
  /** RFC 2104 with SHA-256. */
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array
  /** RFC 5869 with SHA-256; `length` in bytes, at most 8,160. An empty salt counts as 32 zero bytes. */
  hkdfSha256(ikm: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array
  /** RFC 7748; any 32 bytes are a secret key (clamped inside). */
  x25519PublicKey(secret: Uint8Array): Uint8Array
  /** RFC 7748. Throws LanyardError `bad-input` when the shared secret is all zero (a public key of small order). */
  x25519(secret: Uint8Array, publicKey: Uint8Array): Uint8Array
  ed25519PublicKey(seed: Uint8Array): Uint8Array
  ed25519Sign(message: Uint8Array, seed: Uint8Array): Uint8Array
  /** The same for many messages: the key is read once, and stays in memory as long as the function does. */
  ed25519Signer(seed: Uint8Array): (message: Uint8Array) => Uint8Array
  /**
   * RFC 8032, strict: refuses points that are not canonical and public keys of small order.
   * False, never an exception, for a signature or key that is malformed.
   */
  ed25519Verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
  /** FIPS 203 ML-KEM.KeyGen; `seed` is d || z, 64 bytes, random unless given. */
  mlkem768Keygen(seed?: Uint8Array): { publicKey: Uint8Array; seed: Uint8Array }
  /**
   * FIPS 203 ML-KEM.Encaps; `randomness` is 32 bytes, random unless given (only test vectors give it).
   * Throws LanyardError `bad-input` when the public key fails the modulus check.
   */
  mlkem768Encapsulate(
    publicKey: Uint8Array,
    randomness?: Uint8Array,
  ): { ciphertext: Uint8Array; sharedSecret: Uint8Array }
  /** FIPS 203 ML-KEM.Decaps. A ciphertext for another key yields an unrelated secret (implicit rejection). */
  mlkem768Decapsulate(ciphertext: Uint8Array, seed: Uint8Array): Uint8Array
  /** ChaCha20-Poly1305 (RFC 8439): key 32 bytes, nonce 12 bytes; answers ciphertext || tag (16 bytes). */
  aeadSeal(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array
  /** Undefined when the tag is wrong. */
  aeadOpen(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array | undefined
}

/** Checks a length before a primitive is reached. Throws RangeError. */
export const expectLength = (bytes: Uint8Array, length: number, title: string): Uint8Array => {
  if (bytes.length !== length) throw new RangeError(`${title}: ${bytes.length} bytes where ${length} are expected`)
  return bytes
}
