import { expect, test } from 'vitest'
import { agoWords } from '../../../../src/renderer/text/ago.ts'

const now = new Date(2026, 4, 13, 15).getTime()
const MINUTE = 60_000

test('what was lately is told in minutes and hours, what was before by its day', () => {
  expect(agoWords(now - 59_000, now)).toBe('Just now')
  expect(agoWords(now - 3.9 * MINUTE, now)).toBe('3 min ago')
  expect(agoWords(now - 60 * MINUTE, now)).toBe('1 h ago')
  expect(agoWords(now - 24 * 60 * MINUTE, now)).toMatch(/^Yesterday \d/)
  // The clock of whoever confirmed is ahead of this one.
  expect(agoWords(now + 10 * MINUTE, now)).toBe('Just now')
})
