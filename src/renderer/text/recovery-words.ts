import { validateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'

export const SHEET_WORDS = 24

const known: ReadonlySet<string> = new Set(wordlist)

/** Whether a word stands on the list that recovery sheets are made of (BIP-39, English). */
export const isSheetWord = (word: string): boolean => known.has(word)

/** The words behind the numbers 1, 2, 3 … of a numbered list; a date among them is no part of it. */
const numberedWords = (text: string): readonly string[] => {
  const found: string[] = []
  for (const [, number, word = ''] of text.matchAll(/(\d+)[.):]?\s+(\p{L}+)/gu))
    if (Number(number) === found.length + 1) found.push(word)
  return found
}

/** The words of pasted text, without the numbers and sentences of a printed or stored sheet. */
export const wordsIn = (text: string): readonly string[] => {
  const small = text.toLowerCase()
  const numbered = numberedWords(small)
  return numbered.length === SHEET_WORDS ? numbered : (small.match(/\p{L}+/gu) ?? [])
}

export type SheetFault = 'missing' | 'unknown' | 'checksum'

/** What keeps words from being a sheet; null when nothing does. The last word holds a checksum of the others. */
export const sheetFault = (words: readonly string[]): SheetFault | null => {
  if (words.length !== SHEET_WORDS || words.some(word => word === '')) return 'missing'
  if (!words.every(isSheetWord)) return 'unknown'
  return validateMnemonic(words.join(' '), wordlist) ? null : 'checksum'
}
