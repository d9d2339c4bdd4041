import type { CryptoProvider } from '../../src/crypto/index.ts'
import { concatBytes, nobleProvider, utf8 } from '../../src/crypto/index.ts'

/**
 * UNSAFE, for tests only: a backend whose randomness is a stream that everybody can compute from `seed`. Whatever the
 * backend draws inside (key generation and encapsulation of ML-KEM) comes from the stream too.
 */
export const unsafeTestingPredictableRandomness = (provider: CryptoProvider, seed: string): CryptoProvider => {
  let drawn = 0
  const randomBytes = (length: number): Uint8Array => {
    drawn += 1
    return nobleProvider.hkdfSha256(utf8(seed), new Uint8Array(0), concatBytes(utf8('draw '), utf8(`${drawn}`)), length)
  }
  return {
    ...provider,
    randomBytes,
    mlkem768Keygen: given => provider.mlkem768Keygen(given ?? randomBytes(64)),
    mlkem768Encapsulate: (publicKey, given) => provider.mlkem768Encapsulate(publicKey, given ?? randomBytes(32)),
  }
}
