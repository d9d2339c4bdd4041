import type { Conversation, MessageState } from '../../shared/contract/entities.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import type { Transaction } from '../storage/store.ts'

/** A conversation as its row holds it. */
export interface ConversationRow {
  id: ConversationId
  person_id: PersonId
  created_at: number
  active_at: number
  unread: number
  read_up_to: MessageOrder | null
  latest_id: MessageId | null
  latest_place: MessageOrder | null
}

interface ConversationWithLatest extends ConversationRow {
  author: PersonId | null
  text: string | null
  sent_at: number | null
  state: MessageState | null
}

const WITH_LATEST = `
  SELECT c.*, m.author, m.text, m.sent_at, m.state
  FROM conversations c LEFT JOIN messages m ON m.id = c.latest_id`

/** Characters of the latest message that the list of conversations carries: one line on a wide screen. */
const EXCERPT_CHARACTERS = 200

const excerpt = (text: string): string =>
  text.length <= EXCERPT_CHARACTERS ? text : text.slice(0, EXCERPT_CHARACTERS).toWellFormed()

const fromRow = (row: ConversationWithLatest): Conversation => ({
  id: row.id,
  personId: row.person_id,
  activeAt: row.active_at,
  unread: row.unread,
  readUpTo: row.read_up_to,
  latest:
    row.latest_id === null || row.author === null || row.text === null || row.sent_at === null || row.state === null
      ? null
      : { id: row.latest_id, author: row.author, text: excerpt(row.text), sentAt: row.sent_at, state: row.state },
})

export const findConversationRow = (reader: Reader, id: ConversationId): ConversationRow | undefined =>
  reader.get<ConversationRow>('SELECT * FROM conversations WHERE id = ?', id)

export const findConversation = (reader: Reader, id: ConversationId): Conversation | undefined => {
  const row = reader.get<ConversationWithLatest>(`${WITH_LATEST} WHERE c.id = ?`, id)
  return row && fromRow(row)
}

/** All of them, in no order: there is at most one a person. */
export const allConversations = (reader: Reader): Conversation[] =>
  reader.all<ConversationWithLatest>(WITH_LATEST).map(fromRow)

/** Makes the conversation with a person where it is not there yet. */
export const ensureConversation = (
  tx: Transaction,
  { id, personId, now }: { id: ConversationId; personId: PersonId; now: number },
): ConversationRow => {
  const made = tx.run(
    'INSERT OR IGNORE INTO conversations (id, person_id, created_at, active_at, unread) VALUES (?, ?, ?, ?, 0)',
    id,
    personId,
    now,
    now,
  )
  if (made > 0) tx.markChanged('conversation', id)
  const row = findConversationRow(tx, id)
  if (row === undefined) throw new Error('A conversation with this person exists under another id')
  return row
}

export const saveConversation = (tx: Transaction, row: ConversationRow): void => {
  tx.run(
    'UPDATE conversations SET active_at = ?, unread = ?, read_up_to = ?, latest_id = ?, latest_place = ? WHERE id = ?',
    row.active_at,
    row.unread,
    row.read_up_to,
    row.latest_id,
    row.latest_place,
    row.id,
  )
  tx.markChanged('conversation', row.id)
}

/** What the newest message is when the one that was has gone. */
export const latestOf = (
  reader: Reader,
  id: ConversationId,
): { latest_id: MessageId | null; latest_place: MessageOrder | null } =>
  reader.get<{ latest_id: MessageId; latest_place: MessageOrder }>(
    `SELECT id AS latest_id, place AS latest_place FROM messages
     WHERE conversation_id = ? ORDER BY place DESC LIMIT 1`,
    id,
  ) ?? { latest_id: null, latest_place: null }

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
