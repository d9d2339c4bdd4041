import type { Change } from '../../shared/contract/feed.ts'
import type { Reader, Statements } from './statements.ts'

export type ChangeKind = Change['kind']

export interface ChangeRow {
  sequence: number
  kind: ChangeKind
  id: string
}

/**
 * The sequence of what changed, for the caches of the clients. Only the newest change of each row is kept, so the table
 * never grows beyond the number of rows. The counter lives in memory: one process has the database, and a number that
 * a rolled-back transaction leaves out does no harm.
 */
export const createChangeLog = (statements: Statements) => {
  const newest = () =>
    statements.get<{ newest: number | null }>('SELECT max(sequence) AS newest FROM changes')?.newest ?? 0
  let last = newest()
  const marks: { kind: ChangeKind; id: string }[] = []

  return {
    /** The highest sequence number given out, committed or not. */
    last: (): number => last,
    /** Only inside a transaction, the same that changes the row. */
    mark(kind: ChangeKind, id: string): void {
      marks.push({ kind, id })
    },
    /** How many marks there are: what came after is forgotten with `backTo` when a part of the transaction is undone. */
    count: (): number => marks.length,
    backTo(count: number): void {
      marks.length = count
    },
    /** Writes the marks of the whole transaction, right before its commit: one statement for each kind of row. */
    write(): void {
      const idsOf = Map.groupBy(marks, ({ kind }) => kind)
      for (const [kind, rows] of idsOf) {
        const ids = [...new Set(rows.map(({ id }) => id))]
        statements.run(
          'INSERT OR REPLACE INTO changes (sequence, kind, id) SELECT ? + key, ?, value FROM json_each(?)',
          last + 1,
          kind,
          JSON.stringify(ids),
        )
        last += ids.length
      }
      marks.length = 0
    },
  }
}

/** The next changes after a sequence number, oldest first. */
export const changesAfter = (reader: Reader, sequence: number, limit: number): ChangeRow[] =>
  reader.all<ChangeRow>(
    'SELECT sequence, kind, id FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?',
    sequence,
    limit,
  )

/** The sequence number of the newest committed change; 0 where nothing has changed yet. */
export const newestChange = (reader: Reader): number =>
  reader.get<{ newest: number | null }>('SELECT max(sequence) AS newest FROM changes')?.newest ?? 0
