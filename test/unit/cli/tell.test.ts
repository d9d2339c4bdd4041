import { expect, test } from 'vitest'
import { answerOf } from '../../../src/cli/tell.ts'

const outcome = { json: { made: 2, file: new Uint8Array([1, 2, 255]) }, text: 'two', note: 'Two were made.' }

test('for people: what was asked for, then what was done', () => {
  expect(answerOf(outcome, {})).toBe('two\nTwo were made.\n')
  expect(answerOf(outcome, { quiet: true })).toBe('two\n')
  expect(answerOf({ json: {}, note: 'Done.' }, { quiet: true })).toBe('')
})

test('for programs: one document and nothing else, bytes as base64', () => {
  expect(JSON.parse(String(answerOf(outcome, { json: true, quiet: true })))).toEqual({ made: 2, file: 'AQL/' })
})

test('a file goes out as it is', () => {
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf])
  expect(answerOf({ json: {}, bytes, note: 'Written.' }, {})).toBe(bytes)
})
