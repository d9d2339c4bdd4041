import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recoverySheetText, twoPlaces } from '../../../../src/renderer/text/recovery-sheet.ts'

test('the text file holds all words with their numbers, in order', () => {
  const words = Array.from({ length: 24 }, (_, index) => `word${String.fromCharCode(97 + index)}`)
  const text = recoverySheetText('Norrvik Machine Works', words, Date.now())
  expect([...text.matchAll(/(\d+) (word[a-x])\b/g)].map(([, number, word]) => `${number} ${word}`)).toEqual(
    words.map((word, index) => `${index + 1} ${word}`),
  )
  expect(text).toContain('Norrvik Machine Works')
})

test('two different places are asked for, in ascending order, whatever the dice say', () => {
  const die = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(die, die, (first, second) => {
      const dice = [first, second]
      const [low, high] = twoPlaces(24, () => dice.shift() ?? 0)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(low).toBeLessThan(high)
      expect(high).toBeLessThan(24)
    }),
  )
})
