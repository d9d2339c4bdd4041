import Papa from 'papaparse'
import { LanyardError } from '../../../shared/errors.ts'
import { unguardCell } from '../../../shared/formula-guard.ts'
import { MAX_TABLE_ROWS } from '../../../shared/limits.ts'
import { hasTooManyMarks, withoutInvisible } from '../../../shared/text-rules.ts'
import { ambiguousNames, familyNames, givenNames, isColumnName, plainName } from './column-names.ts'
import { decodeText } from './decode-text.ts'
import { guessDelimiter } from './delimiter.ts'

/** Outlook writes 92 columns. */
const MAX_COLUMNS = 1_000
/** Cells of a table: 92 columns for 20,000 people are fewer. 16 MiB of commas would take a minute and a gigabyte. */
const MAX_CELLS = 2_000_000

/** Characters of a heading that are shown. */
const MAX_HEADING = 200

export interface TableLine {
  /** As spreadsheets count: the first line is row 1, and a cell with line breaks is one row. */
  readonly row: number
  /** One for each column, trimmed, without guards against formulas. */
  readonly cells: readonly string[]
  /** What is wrong with the row as such. */
  readonly problem: 'too-many-cells' | 'bad-quotes' | null
}

export interface Table {
  readonly columns: readonly string[]
  readonly lines: readonly TableLine[]
  /** The last column, put together here from given and family names; null where there was no need. */
  readonly combined: number | null
}

const unreadable = (message: string) => new LanyardError('table-unreadable', message)

/** Counted without taking the text apart: what ends a cell, and the two quotes that may stand around it. */
const refuseTooManyCells = (text: string, delimiter: string) => {
  let signs = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === delimiter || character === '\n') signs += 1
    else if (character === '"') signs += 0.5
  }
  if (signs > 2 * MAX_CELLS) throw unreadable(`A table has at most ${MAX_CELLS} cells`)
}

const parse = (bytes: Uint8Array): { records: string[][]; badQuotes: ReadonlySet<number> } => {
  const { delimiter, text } = guessDelimiter(decodeText(bytes))
  refuseTooManyCells(text, delimiter)
  // twice as many, for the empty ones among them; beyond that it is no table
  const { data, errors, meta } = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 2 * MAX_TABLE_ROWS })
  if (meta.truncated) throw unreadable(`A table has at most ${MAX_TABLE_ROWS} rows`)
  const badQuotes = errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row ?? 0)
  return { records: data, badQuotes: new Set(badQuotes) }
}

/** Nearly all cells of nearly all tables: nothing to normalise, and nothing hidden. */
const PLAIN_ASCII = /^[ -~]*$/

/** A cell of endless accents is left as it is: normalising it would take days, and no name may hold it anyway. */
const cleanCell = (cell: string) =>
  PLAIN_ASCII.test(cell)
    ? unguardCell(cell.trim())
    : unguardCell(withoutInvisible(hasTooManyMarks(cell) ? cell : cell.normalize('NFC')).trim())

const isEmpty = (cells: readonly string[]) => cells.every(cell => cell === '')

/** The first row is a heading unless it looks like somebody: an address in it, or no name of a column known. */
const isHeading = (cells: readonly string[]) => cells.some(isColumnName) && !cells.some(cell => cell.includes('@'))

/** A, B, … Z, AA, …: as spreadsheets call a column without a heading. */
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

/** Columns of a given and a family name that no column of a full name makes superfluous. */
const nameParts = (columns: readonly string[]): { given: number; family: number } | null => {
  const plain = columns.map(plainName)
  const given = plain.findIndex(each => givenNames.includes(each))
  if (given === -1) return null
  const family = plain.findIndex(each => familyNames.includes(each))
  const alone = plain.findIndex(each => ambiguousNames.includes(each))
  if (family === -1) return alone === -1 ? null : { given, family: alone }
  return alone === -1 ? { given, family } : null
}

const withCombinedName = (table: Table): Table => {
  const parts = nameParts(table.columns)
  if (parts === null) return table
  const { given, family } = parts
  const lines = table.lines.map(line => ({
    ...line,
    cells: [...line.cells, [line.cells[given], line.cells[family]].filter(Boolean).join(' ')],
  }))
  const heading = `${table.columns[given]} + ${table.columns[family]}`.slice(0, MAX_HEADING)
  return { columns: [...table.columns, heading], lines, combined: table.columns.length }
}

/**
 * A table of people as spreadsheets and address books export it. Where it has a given and a family name apart, a
 * column with both is added. Throws `table-unreadable` for what is no text, too large, or holds nothing.
 */
export const readTable = (bytes: Uint8Array): Table => {
  const { records, badQuotes } = parse(bytes)
  const all = records
    .map((cells, at) => ({
      row: at + 1,
      cells: cells.map(cleanCell),
      isQuotedBadly: badQuotes.has(at),
    }))
    .filter(({ cells }) => !isEmpty(cells))
  const first = all[0]
  if (first === undefined) throw unreadable('The table is empty')
  const isHeaded = isHeading(first.cells)
  const body = isHeaded ? all.slice(1) : all
  if (body.length > MAX_TABLE_ROWS) throw unreadable(`A table has at most ${MAX_TABLE_ROWS} rows`)
  const width = first.cells.length
  if (width >= MAX_COLUMNS) throw unreadable(`A table has fewer than ${MAX_COLUMNS} columns`)

  const columns = first.cells.map((cell, column) =>
    isHeaded && cell !== '' ? cell.slice(0, MAX_HEADING) : letters(column),
  )
  const lines = body.map(({ row, cells, isQuotedBadly }): TableLine => {
    const isTooWide = !isEmpty(cells.slice(width))
    return {
      row,
      cells: Array.from({ length: width }, (_, column) => cells[column] ?? ''),
      problem: isQuotedBadly ? 'bad-quotes' : isTooWide ? 'too-many-cells' : null,
    }
  })
  return withCombinedName({ columns, lines, combined: null })
}
