import type { Conversation } from '../../shared/contract/entities.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import type { Transaction } from '../storage/store.ts'
import { readMessage } from './message-rows.ts'

/** Characters of a message that the list of conversations shows. */
const PREVIEW_CHARACTERS = 200

/** A conversation as its row holds it. */
export interface ConversationRow {
  readonly id: ConversationId
  readonly person_id: PersonId
  readonly active_at: number
  readonly unread: number
  /** How far this person has read, and how far the other one says to have read. */
  readonly read_up_to: MessageOrder | null
  readonly peer_read_up_to: MessageOrder | null
  readonly latest_id: MessageId | null
  readonly latest_place: MessageOrder | null
}

const COLUMNS = 'id, person_id, active_at, unread, read_up_to, peer_read_up_to, latest_id, latest_place'

export const findConversationRow = (reader: Reader, id: ConversationId): ConversationRow | undefined =>
  reader.get<ConversationRow>(`SELECT ${COLUMNS} FROM conversations WHERE id = ?`, id)

/** Makes the conversation with a person where it is not there yet. */
export const ensureConversation = (
  tx: Transaction,
  { id, personId, now }: { id: ConversationId; personId: PersonId; now: number },
): void => {
  const made = tx.run(
    `INSERT INTO conversations (id, person_id, created_at, active_at, unread) VALUES (?, ?, ?, ?, 0)
     ON CONFLICT (id) DO NOTHING`,
    id,
    personId,
    now,
    now,
  )
  if (made > 0) tx.markChanged('conversation', id)
}

export const saveConversation = (tx: Transaction, row: ConversationRow): void => {
  tx.run(
    `UPDATE conversations SET active_at = ?, unread = ?, read_up_to = ?, peer_read_up_to = ?, latest_id = ?,
       latest_place = ? WHERE id = ?`,
    row.active_at,
    row.unread,
    row.read_up_to,
    row.peer_read_up_to,
    row.latest_id,
    row.latest_place,
    row.id,
  )
  tx.markChanged('conversation', row.id)
}

/** Other people's messages behind a place (null: all of them). */
export const countUnread = (
  reader: Reader,
  { id, self, after }: { id: ConversationId; self: PersonId; after: MessageOrder | null },
): number =>
  reader.get<{ unread: number }>(
    'SELECT count(*) AS unread FROM messages WHERE conversation_id = ? AND place > ? AND author <> ?',
    id,
    after ?? '',
    self,
  )?.unread ?? 0

const preview = (text: string) => [...text.slice(0, 2 * PREVIEW_CHARACTERS)].slice(0, PREVIEW_CHARACTERS).join('')

const toConversation = (reader: Reader, row: ConversationRow): Conversation => {
  const latest = row.latest_id === null ? null : readMessage(reader, row.latest_id)
  return {
    id: row.id,
    personId: row.person_id,
    activeAt: row.active_at,
    unread: row.unread,
    readUpTo: row.read_up_to,
    latest:
      latest === null
        ? null
        : {
            id: latest.id,
            author: latest.author,
            text: preview(latest.text),
            sentAt: latest.sentAt,
            state: latest.state,
          },
  }
}

/** Null where there is none. */
export const readConversation = (reader: Reader, id: ConversationId): Conversation | null => {
  const row = findConversationRow(reader, id)
  return row === undefined ? null : toConversation(reader, row)
}

export const readConversations = (reader: Reader): Conversation[] =>
  reader
    .all<ConversationRow>(`SELECT ${COLUMNS} FROM conversations ORDER BY active_at DESC`)
    .map(row => toConversation(reader, row))
