/** Spreadsheets run a cell that begins like this as a formula; an apostrophe in front makes it text again. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/u

const cellOf = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** Rows as CSV (RFC 4180, UTF-8; the byte order mark tells Excel so). */
export const csvOf = (rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> => {
  const lines = rows.map(cells => `${cells.map(cellOf).join(',')}\r\n`)
  return new Uint8Array(new TextEncoder().encode(`\ufeff${lines.join('')}`))
}
