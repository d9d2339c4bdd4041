import {
  equalBytes,
  expectLength,
  MLKEM768_CIPHERTEXT_BYTES,
  MLKEM768_PUBLIC_KEY_BYTES,
  MLKEM768_SEED_BYTES,
  nobleProvider,
} from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import { importPrivateKey, importPublicKey, publicKeyOf } from './key-import.ts'
import { type NativePrimitives, type NodeCrypto, plain } from './node-crypto.ts'

const SEED = new Uint8Array(MLKEM768_SEED_BYTES).fill(1)

export const nativeMlkem768 = (
  node: NodeCrypto,
): NativePrimitives<'mlkem768Keygen' | 'mlkem768Encapsulate' | 'mlkem768Decapsulate'> => ({
  primitives: {
    mlkem768Keygen(given) {
      const seed = given?.slice() ?? nobleProvider.randomBytes(MLKEM768_SEED_BYTES)
      return { publicKey: publicKeyOf(node, 'mlkem768', expectLength(seed, MLKEM768_SEED_BYTES, 'ML-KEM seed')), seed }
    },

    mlkem768Encapsulate(publicKey, randomness) {
      // node:crypto takes no randomness from outside
      if (randomness !== undefined) return nobleProvider.mlkem768Encapsulate(publicKey, randomness)
      expectLength(publicKey, MLKEM768_PUBLIC_KEY_BYTES, 'ML-KEM public key')
      try {
        const { ciphertext, sharedKey } = node.encapsulate(importPublicKey(node, 'mlkem768', publicKey))
        return { ciphertext: plain(ciphertext), sharedSecret: plain(sharedKey) }
      } catch (cause) {
        throw new LanyardError('bad-input', 'ML-KEM public key that is not reduced', { cause })
      }
    },

    mlkem768Decapsulate(ciphertext, seed) {
      expectLength(ciphertext, MLKEM768_CIPHERTEXT_BYTES, 'ML-KEM ciphertext')
      const key = importPrivateKey(node, 'mlkem768', expectLength(seed, MLKEM768_SEED_BYTES, 'ML-KEM seed'))
      return plain(node.decapsulate(key, ciphertext))
    },
  },
  expected: 'aafaeeb60ce6cadcabea8f1bfcce60f9ad96dfa1932778caa88f618f4b58694c',
  selfTest: provider => {
    const { publicKey } = provider.mlkem768Keygen(SEED)
    const { ciphertext, sharedSecret } = provider.mlkem768Encapsulate(publicKey)
    const isShared = equalBytes(provider.mlkem768Decapsulate(ciphertext, SEED), sharedSecret)
    const rejected = provider.mlkem768Decapsulate(new Uint8Array(MLKEM768_CIPHERTEXT_BYTES), SEED)
    return [publicKey, rejected, Uint8Array.of(Number(isShared))]
  },
})
