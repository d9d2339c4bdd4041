import type { Reader, Statements } from '../storage/statements.ts'

/** One step back: from the list of the next higher row, or the list in force, to the list of this version. */
export interface HistoryRow {
  version: number
  /** As org's `encodeStep` writes it. */
  step: Uint8Array
  /** 1: the versions between are missing, so that nobody else can check this step. */
  is_own: number
}

const toRow = (row: HistoryRow): HistoryRow => ({ ...row, step: new Uint8Array(row.step) })

/** Newest first, from this version down. */
export const readSteps = (reader: Reader, below: number, limit: number): HistoryRow[] =>
  reader
    .all<HistoryRow>(
      'SELECT version, step, is_own FROM list_history WHERE version < ? ORDER BY version DESC LIMIT ?',
      below,
      limit,
    )
    .map(toRow)

/** Those from this version up, newest first. */
export const readStepsSince = (reader: Reader, version: number): HistoryRow[] =>
  reader
    .all<HistoryRow>('SELECT version, step, is_own FROM list_history WHERE version >= ? ORDER BY version DESC', version)
    .map(toRow)

/** The places of all steps without their content, newest first. */
export const readPlaces = (reader: Reader): Pick<HistoryRow, 'version' | 'is_own'>[] =>
  reader.all('SELECT version, is_own FROM list_history ORDER BY version DESC')

export const sizeOfHistory = (reader: Reader, since = 0): number =>
  reader.get<{ size: number | null }>('SELECT sum(length(step)) AS size FROM list_history WHERE version >= ?', since)
    ?.size ?? 0

export const writeStep = (tx: Statements, { version, step, is_own }: HistoryRow): void => {
  tx.run('INSERT OR REPLACE INTO list_history (version, step, is_own) VALUES (?, ?, ?)', version, step, is_own)
}

export const deleteStepsFrom = (tx: Statements, version: number): void => {
  tx.run('DELETE FROM list_history WHERE version >= ?', version)
}

export const deleteStepsUpTo = (tx: Statements, version: number): void => {
  tx.run('DELETE FROM list_history WHERE version <= ?', version)
}

/** The oldest go first. */
export const boundHistory = (tx: Statements, maxBytes: number): void => {
  tx.run(
    `DELETE FROM list_history WHERE version <= coalesce((SELECT max(version) FROM
       (SELECT version, sum(length(step)) OVER (ORDER BY version DESC) AS newer FROM list_history) WHERE newer > ?), 0)`,
    maxBytes,
  )
}
