import type { Message, MessageState } from '../../shared/contract/entities.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import type { Transaction } from '../storage/store.ts'

interface MessageRow {
  id: MessageId
  conversation_id: ConversationId
  author: PersonId
  place: MessageOrder
  sent_at: number
  stored_at: number
  text: string
  state: MessageState
  failure: ErrorCode | null
}

const COLUMNS = 'id, conversation_id, author, place, sent_at, stored_at, text, state, failure'

const fromRow = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  author: row.author,
  order: row.place,
  sentAt: row.sent_at,
  storedAt: row.stored_at,
  text: row.text,
  state: row.state,
  failure: row.failure,
})

export const findMessage = (reader: Reader, id: MessageId): Message | undefined => {
  const row = reader.get<MessageRow>(`SELECT ${COLUMNS} FROM messages WHERE id = ?`, id)
  return row && fromRow(row)
}

/** Newest first, strictly before `before` (null: from the newest on). */
export const pageOfMessages = (
  reader: Reader,
  { conversationId, before, limit }: { conversationId: ConversationId; before: MessageOrder | null; limit: number },
): { messages: Message[]; more: boolean } => {
  // 'g' sorts behind every hexadecimal digit
  const rows = reader.all<MessageRow>(
    `SELECT ${COLUMNS} FROM messages WHERE conversation_id = ? AND place < ? ORDER BY place DESC LIMIT ?`,
    conversationId,
    before ?? 'g',
    limit + 1,
  )
  return { messages: rows.slice(0, limit).map(fromRow), more: rows.length > limit }
}

/** False where a message of this id, or another one at this place, is there already: then nothing has changed. */
export const insertMessage = (tx: Transaction, message: Message): boolean => {
  const inserted = tx.run(
    `INSERT OR IGNORE INTO messages (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.id,
    message.conversationId,
    message.author,
    message.order,
    message.sentAt,
    message.storedAt,
    message.text,
    message.state,
    message.failure,
  )
  if (inserted === 0) return false
  tx.markChanged('message', message.id)
  return true
}

export const setMessageState = (
  tx: Transaction,
  id: MessageId,
  state: MessageState,
  failure: ErrorCode | null = null,
): void => {
  tx.run('UPDATE messages SET state = ?, failure = ? WHERE id = ?', state, failure, id)
  tx.markChanged('message', id)
}

export const deleteMessage = (tx: Transaction, id: MessageId): void => {
  tx.run('DELETE FROM messages WHERE id = ?', id)
  tx.markChanged('message', id)
}

/** The highest place of all; null in an empty profile. */
export const highestPlace = (reader: Reader): MessageOrder | null =>
  reader.get<{ place: MessageOrder | null }>('SELECT max(latest_place) AS place FROM conversations')?.place ?? null
