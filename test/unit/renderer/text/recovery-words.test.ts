import { generateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { describe, expect, test } from 'vitest'
import { recoverySheetText } from '../../../../src/renderer/text/recovery-sheet.ts'
import { isSheetWord, sheetFault, wordsIn } from '../../../../src/renderer/text/recovery-words.ts'

const sheet = () => generateMnemonic(wordlist, 256).split(' ')

describe('words in pasted text', () => {
  test('a line of words, however they are parted and written', () => {
    expect(wordsIn('  Abandon,ability\n ABLE')).toEqual(['abandon', 'ability', 'able'])
    expect(wordsIn('')).toEqual([])
  })
  test('a whole stored sheet gives its 24 words and none of its sentences', () => {
    const words = sheet()
    expect(wordsIn(recoverySheetText('Koskela Oy', words, Date.UTC(2026, 4, 12)))).toEqual(words)
  })
  test('a numbered list gives its words', () => {
    const words = sheet()
    expect(wordsIn(words.map((word, index) => `${index + 1}. ${word}`).join('\n'))).toEqual(words)
  })
})

describe('what keeps words from being a sheet', () => {
  test('nothing, for one that was made', () => {
    for (let round = 0; round < 20; round++) expect(sheetFault(sheet())).toBeNull()
  })
  test('a word that is not there yet', () => {
    expect(sheetFault(sheet().with(7, ''))).toBe('missing')
    expect(sheetFault(sheet().slice(1))).toBe('missing')
  })
  test('a word that no sheet has', () => {
    expect(isSheetWord('lanyard')).toBe(false)
    expect(sheetFault(sheet().with(3, 'lanyard'))).toBe('unknown')
  })
  test('two words that changed places, unless chance makes a sheet of it', () => {
    // One in 256 swaps passes the checksum; ten independent ones do so less than once in 10^24.
    const faults = Array.from({ length: 10 }, () => {
      const words = sheet()
      const [first = '', second = ''] = words
      return first === second ? 'checksum' : sheetFault(words.with(0, second).with(1, first))
    })
    expect(faults).toContain('checksum')
  })
})
