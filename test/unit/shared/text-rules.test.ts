import { expect, test } from 'vitest'
import { hasTooManyMarks, isPlainLine, withoutInvisible } from '../../../src/shared/text-rules.ts'

test('names of many languages are plain; what would forge another name is not', () => {
  for (const name of [
    'Sanna Virtanen',
    'می‌خواهم',
    'ශ්‍රී ලංකා',
    '葛\u{e0100}城',
    'Team 👩‍🔬 ❤️',
    'Jim\u00a0Beam',
    'Nguyễn Thị Ánh',
    'علي',
    'สุดา',
    'François‑Noël',
    '',
  ])
    expect(isPlainLine(name)).toBe(true)
  for (const forged of [
    'Bob\nAdministrator',
    'Bob\u202eecilA',
    'Bob\u0007',
    'Bob\u2028',
    '\ufeffBob',
    `B${'\u0301'.repeat(65)}`,
  ])
    expect(isPlainLine(forged), JSON.stringify(forged)).toBe(false)
})

test('64 marks on a letter pass, 65 do not', () => {
  expect(hasTooManyMarks(`a${'\u0330'.repeat(64)}`)).toBe(false)
  expect(hasTooManyMarks(`a${'\u0330'.repeat(65)}`)).toBe(true)
})

test('two names that look the same are the same: nothing invisible hides between letters, or is a name', () => {
  for (const hidden of [
    ...[
      'Anna\u200b M\u00fcller',
      'Anna\u00ad',
      '\u2060Anna',
      'An\u200dna',
      'An\u200cna',
      'Anna\ufe0f',
      '\u200dAnna',
      'Anna \u200d',
    ],
    ...[
      '\u0410\u043d\u043d\u0430\u200d',
      'Anna\u{e0100}',
      'Anna\u{e0041}',
      '\u3164',
      '\u2800\u2800',
      'Anna\u200f',
      'Bob\ufeff',
    ],
  ])
    expect(isPlainLine(hidden), JSON.stringify(hidden)).toBe(false)
  expect(withoutInvisible('Anna\u200b M\u00fc\u00adller\u200e')).toBe('Anna Müller')
})
