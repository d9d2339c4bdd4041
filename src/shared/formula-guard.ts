/**
 * Spreadsheets run a cell that begins with one of these as a formula (OWASP, "CSV injection"; the wide forms count in
 * East Asian settings), and a name on the list is what somebody typed. An apostrophe in front makes it text again.
 * Where the spreadsheet expects another delimiter than the file has, a cell also begins in the middle of one, and quotes
 * there count as its own.
 */
const BEGINS = String.raw`(?<=^|[,;\t])`
const FORMULA = String.raw`(?=['"]*[=+\-@\t\r＝＋－＠])`

const unguarded = new RegExp(BEGINS + FORMULA, 'g')
const guarded = new RegExp(`${BEGINS}'${FORMULA}`, 'g')

export const guardCell = (cell: string): string => cell.replace(unguarded, "'")

/** Undoes `guardCell` exactly: apostrophes that were there before stay. */
export const unguardCell = (cell: string): string => (cell.includes("'") ? cell.replace(guarded, '') : cell)
