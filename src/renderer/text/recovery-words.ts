import { validateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'

export const SHEET_WORDS = 24

const known: ReadonlySet<string> = new Set(wordlist)

/** Whether a word stands on the list that recovery sheets are made of (BIP-39, English). */
export const isSheetWord = (word: string): boolean => known.has(word)

/** The words of pasted text, without the numbers and headings of a printed or stored sheet. */
export const wordsIn = (text: string): readonly string[] => {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  // A stored sheet has sentences around the words; its numbered lines are what counts.
  const numbered = text.toLowerCase().match(/(?<=\d[.):]?\s+)\p{L}+/gu) ?? []
  return numbered.length === SHEET_WORDS && numbered.every(isSheetWord) ? numbered : words
}

export type SheetFault = 'missing' | 'unknown' | 'checksum'

/** What keeps words from being a sheet; null when nothing does. The last word holds a checksum of the others. */
export const sheetFault = (words: readonly string[]): SheetFault | null => {
  if (words.length !== SHEET_WORDS || words.some(word => word === '')) return 'missing'
  if (!words.every(isSheetWord)) return 'unknown'
  return validateMnemonic(words.join(' '), wordlist) ? null : 'checksum'
}
