import type { CryptoProvider } from '../../src/crypto/index.ts'
import { nobleProvider } from '../../src/crypto/index.ts'
import { createNativeProvider } from '../../src/engine/native-crypto.ts'

/** Every backend passes the same tests. */
export const backends: readonly CryptoProvider[] = [nobleProvider, createNativeProvider()]
