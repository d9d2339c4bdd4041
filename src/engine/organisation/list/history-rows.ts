import type { ListVersion } from '../../../org/index.ts'
import type { Reader, Statements } from '../../storage/statements.ts'

/** One step back: from the list of the next higher place, or the list in force, to this list. */
export interface HistoryRow {
  /** Higher is newer, whatever the versions say: under a new root a list may count from below. */
  place: number
  version: number
  /** SHA-256 of the header, hex. */
  list_hash: string
  /** As org's `encodeStep` writes it. */
  step: Uint8Array
  /** 1: this device made the step itself over lists that never came here, so that nobody else can check it. */
  is_own: number
  /** 1: colleagues may have what is missing. */
  is_open: number
}

/** A list, and where it stands in this device's history: what is newer has a higher place, whatever the versions say. */
export interface PlacedList {
  readonly place: number
  readonly version: ListVersion
}

/**
 * Places left free below each list for those that come to light later. A step takes 300 bytes at least and 32 MiB are kept,
 * so that never so many fit between; and 2^33 lists of an organisation fit into the numbers that JavaScript counts exactly.
 */
const SPACING = 2 ** 20

const toRow = (row: HistoryRow): HistoryRow => ({ ...row, step: new Uint8Array(row.step) })

/** Of the list in force: where its row will stand once there is a newer one. */
export const placeInForce = (reader: Reader): number =>
  (reader.get<{ place: number | null }>('SELECT max(place) AS place FROM list_history')?.place ?? 0) + SPACING

/** The next older list. Undefined where nothing older is here. */
export const readStepBelow = (reader: Reader, place: number): HistoryRow | undefined => {
  const row = reader.get<HistoryRow>('SELECT * FROM list_history WHERE place < ? ORDER BY place DESC LIMIT 1', place)
  return row && toRow(row)
}

export const readStepAt = (reader: Reader, place: number): HistoryRow | undefined => {
  const row = reader.get<HistoryRow>('SELECT * FROM list_history WHERE place = ?', place)
  return row && toRow(row)
}

/** From this place up, newest first. */
export const readStepsSince = (reader: Reader, place: number): HistoryRow[] =>
  reader.all<HistoryRow>('SELECT * FROM list_history WHERE place >= ? ORDER BY place DESC', place).map(toRow)

/** Undefined where no step leads to this list. */
export const placeOfList = (reader: Reader, hash: string): number | undefined =>
  reader.get<{ place: number }>('SELECT place FROM list_history WHERE list_hash = ? ORDER BY place DESC LIMIT 1', hash)
    ?.place

/** All without their content, newest first. */
export const readPlaces = (reader: Reader): Pick<HistoryRow, 'place' | 'version' | 'is_open'>[] =>
  reader.all('SELECT place, version, is_open FROM list_history ORDER BY place DESC')

/** Bytes of the steps from this place up. */
export const sizeOfHistory = (reader: Reader, since = 0): number =>
  reader.get<{ size: number | null }>('SELECT sum(length(step)) AS size FROM list_history WHERE place >= ?', since)
    ?.size ?? 0

export const writeStep = (tx: Statements, { place, version, list_hash, step, is_own, is_open }: HistoryRow): void => {
  tx.run(
    'INSERT OR REPLACE INTO list_history (place, version, list_hash, step, is_own, is_open) VALUES (?, ?, ?, ?, ?, ?)',
    place,
    version,
    list_hash,
    step,
    is_own,
    is_open,
  )
}

/** The oldest go first. */
export const boundHistory = (tx: Statements, maxBytes: number): void => {
  tx.run(
    `DELETE FROM list_history WHERE place <= coalesce((SELECT max(place) FROM
       (SELECT place, sum(length(step)) OVER (ORDER BY place DESC) AS newer FROM list_history) WHERE newer > ?), 0)`,
    maxBytes,
  )
}
