import { MIN_PASSPHRASE_CHARACTERS } from '../../shared/limits.ts'

export interface PassphraseStrength {
  readonly level: 'empty' | 'short' | 'weak' | 'fair' | 'strong'
  /** Characters that are missing to the least length. */
  readonly missing: number
}

/** Bits that an attacker has to guess, as far as the kinds and the variety of signs can tell. */
const FAIR_BITS = 45
const STRONG_BITS = 70

const kinds: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/u, 26],
  [/[A-Z]/u, 26],
  [/[0-9]/u, 10],
  [/[^a-zA-Z0-9]/u, 33],
]

/** A hint, not a measure: long and varied is strong, repeated signs and runs count once. */
export const passphraseStrength = (passphrase: string): PassphraseStrength => {
  const length = [...passphrase].length
  if (length === 0) return { level: 'empty', missing: MIN_PASSPHRASE_CHARACTERS }
  if (length < MIN_PASSPHRASE_CHARACTERS) return { level: 'short', missing: MIN_PASSPHRASE_CHARACTERS - length }
  const alphabet = kinds.reduce((sum, [kind, size]) => sum + (kind.test(passphrase) ? size : 0), 0)
  const distinct = new Set(passphrase.toLowerCase()).size
  const bits = Math.min(length, distinct * 1.6) * Math.log2(alphabet) * 0.7
  if (bits < FAIR_BITS) return { level: 'weak', missing: 0 }
  return { level: bits < STRONG_BITS ? 'fair' : 'strong', missing: 0 }
}

/** Whether a pair of fields may be sent. */
export const isAcceptable = (passphrase: string, again: string): boolean =>
  [...passphrase].length >= MIN_PASSPHRASE_CHARACTERS && passphrase === again
