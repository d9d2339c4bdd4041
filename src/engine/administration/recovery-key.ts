import { type CryptoProvider, seedFromRecoveryWords, toHex, wipe } from '../../crypto/index.ts'
import type { Root } from '../../org/index.ts'
import { LanyardError } from '../../shared/errors.ts'

const wrong = (cause?: unknown) =>
  new LanyardError('recovery-words-wrong', 'These words are no root key of this organisation', { cause })

const seedOf = (words: readonly string[]): Uint8Array => {
  try {
    return seedFromRecoveryWords(words)
  } catch (cause) {
    throw wrong(cause)
  }
}

/**
 * Lends the root key of a recovery sheet for one use, and wipes it. Throws `recovery-words-wrong` where none of the roots
 * names it as a key that signs roots.
 */
export const withRecoveryWords = <T>(
  provider: CryptoProvider,
  { words, roots }: { words: readonly string[]; roots: readonly Root[] },
  work: (seed: Uint8Array) => T,
): T => {
  const seed = seedOf(words)
  try {
    const key = toHex(provider.ed25519PublicKey(seed))
    const isRootKey = roots.some(({ roles }) => roles.root.keys.some(id => id === key))
    if (!isRootKey) throw wrong()
    return work(seed)
  } finally {
    wipe(seed)
  }
}
