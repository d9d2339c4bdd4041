import { AEAD_KEY_BYTES, AEAD_NONCE_BYTES, AEAD_TAG_BYTES, expectLength, nobleProvider } from '../../crypto/index.ts'
import { type NativePrimitives, type NodeCrypto, plain } from './node-crypto.ts'

const CIPHER = 'chacha20-poly1305'
const TAG = { authTagLength: AEAD_TAG_BYTES }

/** Bytes: below this the set-up of a native cipher costs more than the whole cipher in TypeScript. */
const NATIVE_FROM = 2_048

const KEY = new Uint8Array(AEAD_KEY_BYTES).fill(1)
const NONCE = new Uint8Array(AEAD_NONCE_BYTES).fill(2)
const SAMPLE = new Uint8Array(NATIVE_FROM).fill(3)

export const nativeAead = (
  node: NodeCrypto,
  nativeFrom: number = NATIVE_FROM,
): NativePrimitives<'aeadSeal' | 'aeadOpen'> => ({
  primitives: {
    aeadSeal(key, nonce, aad, plaintext) {
      if (plaintext.length < nativeFrom) return nobleProvider.aeadSeal(key, nonce, aad, plaintext)
      expectLength(key, AEAD_KEY_BYTES, 'AEAD key')
      expectLength(nonce, AEAD_NONCE_BYTES, 'AEAD nonce')
      const cipher = node.createCipheriv(CIPHER, key, nonce, TAG)
      cipher.setAAD(aad, { plaintextLength: plaintext.length })
      const sealed = new Uint8Array(plaintext.length + AEAD_TAG_BYTES)
      sealed.set(cipher.update(plaintext))
      cipher.final()
      sealed.set(cipher.getAuthTag(), plaintext.length)
      return sealed
    },

    aeadOpen(key, nonce, aad, sealed) {
      const length = sealed.length - AEAD_TAG_BYTES
      if (length < Math.max(nativeFrom, 0)) return nobleProvider.aeadOpen(key, nonce, aad, sealed)
      expectLength(key, AEAD_KEY_BYTES, 'AEAD key')
      expectLength(nonce, AEAD_NONCE_BYTES, 'AEAD nonce')
      const decipher = node.createDecipheriv(CIPHER, key, nonce, TAG)
      decipher.setAAD(aad, { plaintextLength: length })
      decipher.setAuthTag(sealed.subarray(length))
      const plaintext = decipher.update(sealed.subarray(0, length))
      try {
        decipher.final()
      } catch {
        // a wrong tag is the one thing that final() refuses
        plaintext.fill(0)
        return undefined
      }
      return plain(plaintext)
    },
  },
  expected: '391b5ad9f1201c3b6c8a67b9bdb044dc79cf63661e4de6a07fa419ba2c8b97df',
  selfTest: provider => {
    const sealed = provider.aeadSeal(KEY, NONCE, KEY, SAMPLE)
    const opened = provider.aeadOpen(KEY, NONCE, KEY, sealed)
    const forged = provider.aeadOpen(KEY, NONCE, KEY, sealed.with(0, (sealed[0] ?? 0) ^ 1))
    return [sealed, opened ?? KEY, Uint8Array.of(Number(forged === undefined))]
  },
})
