import { expect, test } from 'vitest'
import { isAcceptable, passphraseStrength } from '../../../../src/renderer/text/passphrase.ts'

const level = (passphrase: string) => passphraseStrength(passphrase).level

test('length and variety make a passphrase strong, repetition does not', () => {
  expect(level('')).toBe('empty')
  expect(passphraseStrength('ninechars')).toEqual({ level: 'short', missing: 1 })
  expect(level('aaaaaaaaaaaaaaaaaaaaaaaa')).toBe('weak')
  expect(level('abababababababababab')).toBe('weak')
  expect(level('correct horse battery staple')).toBe('strong')
})

test('signs are counted as people see them', () => {
  expect(passphraseStrength('𝒜𝒷𝒸𝒹𝑒').missing).toBe(5)
})

test('a passphrase goes out only when it is long enough and typed twice', () => {
  expect(isAcceptable('four unrelated words', 'four unrelated words')).toBe(true)
  expect(isAcceptable('four unrelated words', 'four unrelated word')).toBe(false)
  expect(isAcceptable('too short', 'too short')).toBe(false)
})
