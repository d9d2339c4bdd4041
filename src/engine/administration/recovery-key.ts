import { type CryptoProvider, seedFromRecoveryWords, wipe } from '../../crypto/index.ts'
import { keyIdOf, type Root } from '../../org/index.ts'
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
    const key = keyIdOf(provider, seed)
    if (!roots.some(({ roles }) => roles.root.keys.includes(key))) throw wrong()
    return work(seed)
  } finally {
    wipe(seed)
  }
}
