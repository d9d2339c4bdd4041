import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countsOf,
  exportTable,
  guessMapping,
  type ListedPerson,
  previewTable,
  readTable,
} from '../../../../../src/engine/administration/people-table/index.ts'
import { readRoles, writeRoles } from '../../../../../src/engine/administration/people-table/role-cell.ts'
import { guardCell, unguardCell } from '../../../../../src/shared/formula-guard.ts'
import { idOf, person } from './exports.ts'

/** Made of what spreadsheets trip over. */
const awkward = (maxLength: number) =>
  fc
    .string({ unit: fc.constantFrom(...'=\'+-@＝\t\r\n;,"\\ aäßJ\u0308€😀|'), maxLength })
    .map(text => text.normalize('NFC'))
const oneLine = (minLength: number) =>
  awkward(20)
    .map(text =>
      text
        .replace(/[\t\r\n]/g, '')
        .trim()
        .normalize('NFC'),
    )
    .filter(text => text.length >= minLength)

const anybody: fc.Arbitrary<Omit<ListedPerson, 'personId'>> = fc.record({
  name: oneLine(1),
  title: oneLine(0),
  department: oneLine(0),
  email: fc.constantFrom('', 'a@x.example', '=1+1@x.example', '@', '-b@x.example'),
  phone: oneLine(0),
  roles: fc.uniqueArray(oneLine(1), { maxLength: 4 }).map(roles => roles.sort()),
})

test('what is exported is found again, person by person and to the letter', () => {
  fc.assert(
    fc.property(fc.array(anybody, { maxLength: 20 }), all => {
      const people = all
        .filter(({ email }) => email !== '@')
        .map((fields, at) => ({ ...fields, personId: idOf(at + 1) }))
      const table = readTable(exportTable(people))
      const preview = previewTable(table, guessMapping(table), people)
      expect(countsOf(preview)).toEqual({ add: 0, change: 0, same: people.length, problem: 0 })
    }),
    { numRuns: 500 },
  )
})

test('a guard is taken off exactly, and none is missing', () => {
  fc.assert(
    fc.property(awkward(30), cell => {
      const guarded = guardCell(cell)
      expect(unguardCell(guarded)).toBe(cell)
      for (const delimiter of [',', ';', '\t'])
        for (const piece of guarded.split(delimiter)) expect(piece).not.toMatch(/^[=+\-@＝\r]/)
    }),
    { numRuns: 2_000 },
  )
})

test('roles come back whatever is in them', () => {
  fc.assert(
    fc.property(fc.uniqueArray(oneLine(1), { maxLength: 6 }), roles => {
      expect(readRoles(writeRoles(roles))).toEqual([...roles].sort())
    }),
    { numRuns: 1_000 },
  )
  expect(readRoles('first aid, helpdesk\nHAFEN\\yard')).toEqual(['HAFEN\\yard', 'first aid', 'helpdesk'])
})

test('no name on the list becomes a formula in a spreadsheet', () => {
  const csv = new TextDecoder().decode(
    exportTable([person(1, { name: '=HYPERLINK("http://evil.example")', phone: '+49 40', title: 'x;=1+1' })]),
  )
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  expect(csv).toContain(`"'+49 40"`)
  expect(csv).toContain(`"x;'=1+1"`)
})

test('what nobody typed between the letters makes nobody a second person', () => {
  const table = readTable(new TextEncoder().encode('Name,E-mail\r\n"An\u00adna\u200b\u200e",anna@x.example\r\n'))
  const preview = previewTable(table, guessMapping(table), [person(1, { name: 'Anna', email: 'anna@x.example' })])
  expect(preview).toMatchObject([{ wanted: { name: 'Anna' }, problems: [] }])
})

/** As Excel and LibreOffice read a line: a quote counts at the beginning of a cell, and what follows the closing one is text. */
const cellsAsSpreadsheetsRead = (line: string, delimiter: string): string[] => {
  const cells = ['']
  let isQuoted = false
  let isBeginning = true
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at)
    if (isQuoted && character === '"' && line.charAt(at + 1) === '"') cells[cells.length - 1] += line.charAt(at++)
    else if (character === '"' && (isQuoted || isBeginning)) isQuoted = !isQuoted
    else if (!isQuoted && character === delimiter) cells.push('')
    else cells[cells.length - 1] += character
    isBeginning = !isQuoted && character === delimiter
  }
  return cells
}

test('no text becomes a formula, whatever delimiter the spreadsheet of this country expects', () => {
  fc.assert(
    fc.property(oneLine(1), oneLine(1), (name, title) => {
      const [, line = ''] = new TextDecoder().decode(exportTable([person(1, { name, title })])).split('\r\n')
      for (const delimiter of [',', ';', '\t'])
        for (const cell of cellsAsSpreadsheetsRead(line, delimiter)) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['one line', ','.repeat(16 * 1024 * 1024)],
  ['quotes', '"'.repeat(16 * 1024 * 1024)],
  ['many', `Name${',x'.repeat(990)}\n${`${','.repeat(990)}a\n`.repeat(16_000)}`],
])('a table that is nothing but cells is refused before it is taken apart: %s', (_, text) => {
  expect(() => readTable(new TextEncoder().encode(text))).toThrow('at most 2000000 cells')
})

test('a cell of a million roles is one that is too long', () => {
  const table = readTable(new TextEncoder().encode(`Name,Roles\nAnna,"${';a'.repeat(1_000_000)}"`))
  expect(previewTable(table, guessMapping(table), [])).toMatchObject([{ problems: [{ problem: 'too-long' }] }])
})

test('whatever the bytes are, they are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
      try {
        const table = readTable(bytes)
        previewTable(table, guessMapping(table), [])
      } catch (error) {
        expect(error).toMatchObject({ code: 'table-unreadable' })
      }
    }),
    { numRuns: 2_000 },
  )
})
