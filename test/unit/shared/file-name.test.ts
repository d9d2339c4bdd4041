import { expect, test } from 'vitest'
import { fileStem } from '../../../src/shared/file-name.ts'

test('letters of every language stay, and what a disk refuses goes', () => {
  expect(fileStem('Jürgen Müller')).toBe('Jürgen Müller')
  expect(fileStem('Sales/Nordics: "all"?')).toBe('Sales Nordics all')
  expect(fileStem('Dr. Anna B. ')).toBe('Dr. Anna B')
})

test.each(['../../etc/passwd', '..', '/../..', 'C:\\Windows\\x', '.profile', '\u2028..\u2029', '', ' . . '])(
  'a person called %j gets a file in this folder, which can be seen',
  name => {
    expect(fileStem(name)).toMatch(/^[^/\\.\s:][^/\\:]*$/)
    expect(fileStem(name)).not.toMatch(/[. ]$/)
  },
)

test.each(['con', 'NUL', 'Aux', 'com1', 'LPT³', 'nul.tar', 'CONIN$'])(
  'no person called %s is written to a device of Windows',
  name => expect(fileStem(name)).toBe(`_${name}`),
)

test('Conrad and Auxilia are no devices', () => {
  expect(['Conrad', 'Auxilia', 'Nul Com'].map(fileStem)).toEqual(['Conrad', 'Auxilia', 'Nul Com'])
})

test('a long name leaves room for a number and an extension, and no letter is cut through', () => {
  const stem = fileStem('港'.repeat(60) + '😀'.repeat(30))
  expect(new TextEncoder().encode(stem).length).toBeLessThanOrEqual(200)
  expect(stem.isWellFormed()).toBe(true)
})
