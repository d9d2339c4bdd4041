import type { Reader, Statements } from '../storage/statements.ts'
import { decodeStagedEdit, encodeStagedEdit, type StagedEdit, targetOf } from './staged-edit.ts'

export interface StagedRow {
  readonly id: number
  readonly edit: StagedEdit
  readonly stagedAt: number
  /** That carries the edit to other administrators; null while it waits here alone. */
  readonly proposal: string | null
}

interface Stored {
  id: number
  edit: string
  staged_at: number
  proposal: string | null
}

const toRow = ({ id, edit, staged_at, proposal }: Stored): StagedRow => ({
  id,
  edit: decodeStagedEdit(edit),
  stagedAt: staged_at,
  proposal,
})

/** In the order in which they were staged. */
export const readStagedRows = (reader: Reader): StagedRow[] =>
  reader.all<Stored>('SELECT id, edit, staged_at, proposal FROM staged_edits ORDER BY id').map(toRow)

/** Those of one kind of thing; see `targetOf`. */
export const readStagedRowsOf = (reader: Reader, kind: 'device' | 'group'): StagedRow[] =>
  reader
    .all<Stored>("SELECT id, edit, staged_at, proposal FROM staged_edits WHERE target GLOB ? || ' *' ORDER BY id", kind)
    .map(toRow)

/** Those that no proposal carries. */
export const readWaitingRows = (reader: Reader): StagedRow[] =>
  reader
    .all<Stored>('SELECT id, edit, staged_at, proposal FROM staged_edits WHERE proposal IS NULL ORDER BY id')
    .map(toRow)

/**
 * No more than `limit` of them; of more, the gravest first. Whoever signs must see what gives power, what takes
 * away and what concerns everybody, so that thousands of new people from a table never crowd it out.
 */
export const readGravestRows = (reader: Reader, limit: number): StagedRow[] => {
  const rows = reader.all<Stored>(
    `SELECT id, edit, staged_at, proposal FROM staged_edits WHERE proposal IS NULL
     ORDER BY
       CASE edit ->> 'kind'
         WHEN 'change-policy' THEN 0 WHEN 'add-device' THEN 1 WHEN 'put-group' THEN 3 WHEN 'put-person' THEN 4 ELSE 2
       END,
       edit ->> 'isNew',
       id
     LIMIT ?`,
    limit + 1,
  )
  return (rows.length > limit ? rows.slice(0, limit) : rows.sort((a, b) => a.id - b.id)).map(toRow)
}

export const findStagedRow = (reader: Reader, target: string): StagedRow | undefined => {
  const row = reader.get<Stored>('SELECT id, edit, staged_at, proposal FROM staged_edits WHERE target = ?', target)
  return row && toRow(row)
}

/** In place of an earlier edit of the same thing, at its place in the order. */
export const saveStagedEdit = (tx: Statements, edit: StagedEdit, now: number): void => {
  tx.run(
    `INSERT INTO staged_edits (target, edit, staged_at) VALUES (?, ?, ?)
     ON CONFLICT (target) DO UPDATE SET edit = excluded.edit, staged_at = excluded.staged_at, proposal = NULL`,
    targetOf(edit),
    encodeStagedEdit(edit),
    now,
  )
}

export const deleteStagedTarget = (tx: Statements, target: string): void => {
  tx.run('DELETE FROM staged_edits WHERE target = ?', target)
}

export const deleteStagedRows = (tx: Statements, ids: Iterable<number>): void => {
  tx.run('DELETE FROM staged_edits WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify([...ids]))
}

/** The rows travel in a proposal from now on, or (null) wait here again. */
export const setProposalOf = (tx: Statements, ids: Iterable<number>, proposal: string | null): void => {
  tx.run(
    'UPDATE staged_edits SET proposal = ? WHERE id IN (SELECT value FROM json_each(?))',
    proposal,
    JSON.stringify([...ids]),
  )
}
