import { guardCell } from '../../shared/formula-guard.ts'

const cellOf = (text: string): string => `"${guardCell(text).replaceAll('"', '""')}"`

/** Rows as CSV (RFC 4180, UTF-8; the byte order mark tells Excel so), none of whose cells a spreadsheet runs as a formula. */
export const csvOf = (rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> => {
  const lines = rows.map(cells => `${cells.map(cellOf).join(',')}\r\n`)
  return new Uint8Array(new TextEncoder().encode(`\ufeff${lines.join('')}`))
}
