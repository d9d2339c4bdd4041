import { expect, test } from 'vitest'
import { hasTooManyMarks, isPlainLine } from '../../../src/shared/text-rules.ts'

test('names of many languages are plain; what would forge another name is not', () => {
  for (const name of ['Sanna Virtanen', 'Nguyễn Thị Ánh', 'علي', 'สุดา', 'François‑Noël', ''])
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
