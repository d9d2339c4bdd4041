import { LanyardError } from '../../../shared/errors.ts'
import { MAX_TABLE_BYTES } from '../../../shared/limits.ts'

const BYTE_ORDER_MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

/** Workbooks themselves: .xlsx and .ods are ZIP files, .xls is an OLE compound file. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
] as const

const beginsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte)

const unreadable = (message: string, cause?: unknown) => new LanyardError('table-unreadable', message, { cause })

const decode = (bytes: Uint8Array): string => {
  const marked = BYTE_ORDER_MARKS.find(({ mark }) => beginsWith(bytes, mark))
  try {
    return new TextDecoder(marked?.encoding ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (marked !== undefined) throw unreadable('The text is not in the encoding that its first bytes announce', error)
    // What Excel on Windows writes as "CSV" in Western Europe. Every byte string is valid in it, so it comes last.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/**
 * The text of a CSV file, NFC, lines ended by `\n`: UTF-8 with and without a byte order mark, UTF-16 with one, else
 * Windows-1252. Throws `table-unreadable` for what is too large or no text.
 */
export const decodeText = (bytes: Uint8Array): string => {
  if (bytes.length > MAX_TABLE_BYTES) throw unreadable(`A table has at most ${MAX_TABLE_BYTES} bytes`)
  if (WORKBOOKS.some(start => beginsWith(bytes, start)))
    throw unreadable('This is a workbook: save the sheet as CSV first')
  const text = decode(bytes)
  if (text.includes('\0')) throw unreadable('This is no text')
  return text.replace(/\r\n?/g, '\n')
}
