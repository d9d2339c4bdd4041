import type { NoticeId } from '../../../shared/ids.ts'
import type { Reader, Statements } from '../../storage/statements.ts'

export interface NoticeRow {
  id: NoticeId
  bytes: Uint8Array
  /** Milliseconds since 1970. */
  expires: number
  /** 1 for one that was taken away by hand: what is left of it is a mark. */
  is_gone: number
}

export const readNotices = (reader: Reader): NoticeRow[] =>
  reader
    .all<NoticeRow>('SELECT id, bytes, expires, is_gone FROM notices ORDER BY id')
    .map(row => ({ ...row, bytes: new Uint8Array(row.bytes) }))

export const insertNotice = (
  tx: Statements,
  { id, bytes, until }: { id: NoticeId; bytes: Uint8Array; until: number },
): void => {
  tx.run('INSERT OR REPLACE INTO notices (id, bytes, expires) VALUES (?, ?, ?)', id, bytes, until)
}

export const deleteNotice = (tx: Statements, id: NoticeId): void => {
  tx.run('DELETE FROM notices WHERE id = ?', id)
}

export const markNoticeGone = (tx: Statements, id: NoticeId): void => {
  tx.run('UPDATE notices SET is_gone = 1, bytes = zeroblob(0) WHERE id = ?', id)
}

export const deleteExpiredNotices = (tx: Statements, now: number): void => {
  tx.run('DELETE FROM notices WHERE is_gone = 1 AND expires <= ?', now)
}
