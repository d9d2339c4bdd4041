import type { ProposalId } from '../../../shared/ids.ts'
import type { Reader, Statements } from '../../storage/statements.ts'

/** Dropped ones whose mark is kept; older marks belong to lists that have long been replaced. */
const MAX_MARKS = 256

export interface ProposalRow {
  id: ProposalId
  /** Empty once it was dropped. */
  bytes: Uint8Array
  /** 1 for one that was dropped here: it does not come back from another device. */
  is_gone: number
}

export const readProposals = (reader: Reader): ProposalRow[] =>
  reader
    .all<ProposalRow>('SELECT id, bytes, is_gone FROM proposals')
    .map(row => ({ ...row, bytes: new Uint8Array(row.bytes) }))

/** In place of the one with fewer signatures, or of the mark of one that was dropped. */
export const saveProposal = (tx: Statements, id: ProposalId, bytes: Uint8Array): void => {
  tx.run('INSERT OR REPLACE INTO proposals (id, bytes) VALUES (?, ?)', id, bytes)
}

export const deleteProposals = (tx: Statements, ids: readonly ProposalId[]): void => {
  for (const id of ids) tx.run('DELETE FROM proposals WHERE id = ?', id)
}

export const markProposalGone = (tx: Statements, id: ProposalId): void => {
  tx.run('UPDATE proposals SET is_gone = 1, bytes = zeroblob(0) WHERE id = ?', id)
  tx.run(
    `DELETE FROM proposals WHERE is_gone = 1 AND rowid NOT IN
       (SELECT rowid FROM proposals WHERE is_gone = 1 ORDER BY rowid DESC LIMIT ?)`,
    MAX_MARKS,
  )
}
