import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exitCodes, exitMeanings, exitNameOf } from '../../../src/cli/exit-codes.ts'
import { complaintOf } from '../../../src/cli/tell.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'
import { errorCodes, LanyardError } from '../../../src/shared/errors.ts'

test('scripts can rely on the numbers', () => {
  expect(exitCodes).toEqual({
    ok: 0,
    failed: 1,
    usage: 2,
    'not-verified': 3,
    'profile-in-use': 4,
    'passphrase-wrong': 5,
    waiting: 6,
  })
})

test('the handbook names each number with its meaning', () => {
  const handbook = readFileSync(new URL('../../../docs/CLI.md', import.meta.url), 'utf8')
  for (const name of Object.keys(exitCodes) as (keyof typeof exitCodes)[])
    expect(handbook).toContain(`| ${exitCodes[name]} | ${exitMeanings[name]} |`)
})

test('no error ends as success or as something that only a command itself can say', () => {
  for (const code of errorCodes) expect(['ok', 'waiting', 'not-verified']).not.toContain(exitNameOf(code))
  expect(exitNameOf('profile-in-use')).toBe('profile-in-use')
  expect(exitNameOf('recovery-words-wrong')).toBe('passphrase-wrong')
})

test('an error is a sentence with its code, or one JSON document', () => {
  const error = new LanyardError('profile-in-use', 'Lanyard is running with this profile already')
  expect(complaintOf(error, {})).toEqual({
    text:
      'lanyard: Lanyard is running with this profile already. Nothing was changed. Close the app first, or name ' +
      'another folder with --profile. (profile-in-use)\n',
    exit: 'profile-in-use',
  })
  expect(JSON.parse(complaintOf(error, { json: true }).text)).toEqual({
    error: { code: 'profile-in-use', message: 'Lanyard is running with this profile already', retryable: false },
  })
  expect(complaintOf(new UsageError('Six digits, or more'), {})).toEqual({
    text: 'lanyard: Six digits, or more. (usage)\n',
    exit: 'usage',
  })
})

test('a bug shows where it is', () => {
  expect(complaintOf(new RangeError('off by one'), {})).toMatchObject({
    text: expect.stringMatching(/RangeError: off by one[\s\S]* at .*\(internal\)/),
    exit: 'failed',
  })
})
