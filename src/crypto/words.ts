import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { LanyardError } from '../shared/errors.ts'
import { concatBytes, utf8 } from './bytes.ts'
import { type CryptoProvider, expectLength } from './provider.ts'

/** Six words of 11 bits: 66 bits, more than anybody can search while two people look at their screens. */
const FINGERPRINT_WORDS = 6
const BITS_PER_WORD = 11
const RECOVERY_SEED_BYTES = 32
const FINGERPRINT_CONTEXT = utf8('lanyard/fingerprint/1\0')

const lengthPrefixed = (part: Uint8Array): Uint8Array => {
  const prefix = new Uint8Array(4)
  new DataView(prefix.buffer).setUint32(0, part.length)
  return concatBytes(prefix, part)
}

/**
 * Six words of the English BIP-39 list for two people to compare: the first 66 bits of
 * SHA-256(context \0 | each part with its length as 4 bytes, big-endian).
 */
export const fingerprintWords = (provider: CryptoProvider, ...parts: readonly Uint8Array[]): readonly string[] => {
  const hash = provider.sha256(concatBytes(FINGERPRINT_CONTEXT, ...parts.map(lengthPrefixed)))
  let bits = 0n
  for (const byte of hash) bits = (bits << 8n) | BigInt(byte)
  return Array.from({ length: FINGERPRINT_WORDS }, (_, i) => {
    const shift = BigInt(hash.length * 8 - BITS_PER_WORD * (i + 1))
    return wordlist[Number((bits >> shift) & 0x7ffn)] ?? ''
  })
}

/** The recovery sheet: 24 BIP-39 words (256 bits and an 8-bit checksum) for a 32-byte seed. */
export const recoveryWords = (seed: Uint8Array): readonly string[] =>
  entropyToMnemonic(expectLength(seed, RECOVERY_SEED_BYTES, 'Recovery seed'), wordlist).split(' ')

/** Reads the sheet back; case and spacing do not matter. Throws `bad-input` on an unknown word or wrong checksum. */
export const seedFromRecoveryWords = (words: readonly string[] | string): Uint8Array => {
  const text = (typeof words === 'string' ? words : words.join(' ')).normalize('NFKD').trim().toLowerCase()
  let seed: Uint8Array
  try {
    seed = mnemonicToEntropy(text.split(/\s+/).join(' '), wordlist)
  } catch (cause) {
    throw new LanyardError('bad-input', 'These are not the words of a recovery sheet', { cause })
  }
  if (seed.length !== RECOVERY_SEED_BYTES) throw new LanyardError('bad-input', 'A recovery sheet has 24 words')
  return seed
}
