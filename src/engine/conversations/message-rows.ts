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

const toMessage = (row: MessageRow): Message => ({
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

/** Null where there is none (any more). */
export const readMessage = (reader: Reader, id: string): Message | null => {
  const row = reader.get<MessageRow>(`SELECT ${COLUMNS} FROM messages WHERE id = ?`, id)
  return row === undefined ? null : toMessage(row)
}

/** Newest first, strictly before `before`; null reads from the newest on. */
export const readMessagesBefore = (
  reader: Reader,
  { conversationId, before, limit }: { conversationId: ConversationId; before: MessageOrder | null; limit: number },
): Message[] => {
  const from = `SELECT ${COLUMNS} FROM messages WHERE conversation_id = ?`
  const rows =
    before === null
      ? reader.all<MessageRow>(`${from} ORDER BY place DESC LIMIT ?`, conversationId, limit)
      : reader.all<MessageRow>(`${from} AND place < ? ORDER BY place DESC LIMIT ?`, conversationId, before, limit)
  return rows.map(toMessage)
}

/** False where a message of this id, or another one at this place, is there already: then nothing has changed. */
export const insertMessage = (tx: Transaction, message: Message): boolean => {
  const inserted = tx.run(
    `INSERT OR IGNORE INTO messages (${COLUMNS})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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

export const deleteMessage = (tx: Transaction, id: MessageId): void => {
  tx.run('DELETE FROM messages WHERE id = ?', id)
  tx.markChanged('message', id)
}

/** The newest message that is there; of a conversation from which the newest was just taken back. */
export const newestMessage = (
  reader: Reader,
  conversation: ConversationId,
): { latest_id: MessageId | null; latest_place: MessageOrder | null } =>
  reader.get<{ latest_id: MessageId; latest_place: MessageOrder }>(
    `SELECT id AS latest_id, place AS latest_place FROM messages
     WHERE conversation_id = ? ORDER BY place DESC LIMIT 1`,
    conversation,
  ) ?? { latest_id: null, latest_place: null }

/** The highest place of all; null in an empty profile. */
export const highestPlace = (reader: Reader): MessageOrder | null =>
  reader.get<{ place: MessageOrder | null }>('SELECT max(latest_place) AS place FROM conversations')?.place ?? null
