import type { Message } from '../../shared/contract/entities.ts'
import type { ConversationId, MessageId, MessageOrder } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import type { Transaction } from '../storage/store.ts'

/** False where a message of this id, or another one at this place, is there already: then nothing has changed. */
export const insertMessage = (tx: Transaction, message: Message): boolean => {
  const inserted = tx.run(
    `INSERT OR IGNORE INTO messages
       (id, conversation_id, author, place, sent_at, stored_at, text, state, failure)
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
