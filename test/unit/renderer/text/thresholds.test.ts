import { describe, expect, test } from 'vitest'
import { suggested, thresholdAdvice, thresholdWords } from '../../../../src/renderer/text/thresholds.ts'

const rule = (threshold: number, ...names: string[]) => ({ threshold, names })

describe('how many signatures are enough, in words', () => {
  test.each([
    [rule(1, 'Alice'), 'Alice alone can sign.'],
    [rule(1, 'Alice', 'Bob'), 'Alice and Bob can each sign alone.'],
    [rule(2, 'Alice', 'Bob'), 'Alice and Bob must both sign.'],
    [rule(3, 'Alice', 'Bob', 'Carol'), 'Alice, Bob and Carol must all sign.'],
    [rule(2, 'Alice', 'Bob', 'Carol'), 'Any 2 of Alice, Bob and Carol.'],
  ])('%o', (given, words) => {
    expect(thresholdWords(given)).toBe(words)
  })
})

describe('what is weak about it', () => {
  test('one key, said for the list and for the sheet, not for each role again', () => {
    expect(thresholdAdvice('contacts', rule(1, 'Alice'))).toMatch(/second administrator/)
    expect(thresholdAdvice('root', rule(1, 'Alice'))).toMatch(/recovery sheet is lost/)
    expect(thresholdAdvice('orders', rule(1, 'Alice'))).toBeNull()
  })
  test('2 of 3 is suggested where one stolen key would be enough', () => {
    expect(thresholdAdvice('contacts', rule(1, 'Alice', 'Bob', 'Carol'))).toMatch(/^2 of 3 is safer/)
    expect(thresholdAdvice('contacts', rule(2, 'Alice', 'Bob', 'Carol'))).toBeNull()
  })
  test('all of them, because one may be lost', () => {
    expect(thresholdAdvice('contacts', rule(2, 'Alice', 'Bob'))).toMatch(/lost/)
  })
  test('nothing about freshness, which takes one signature always', () => {
    expect(thresholdAdvice('freshness', rule(1, 'Alice', 'Bob', 'Carol'))).toBeNull()
  })
  test('the suggestion is never more than there are keys', () => {
    expect([1, 2, 3, 4, 5, 9].map(suggested)).toEqual([1, 1, 2, 2, 3, 3])
  })
})
