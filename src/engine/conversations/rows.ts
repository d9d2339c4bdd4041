import type { Conversation, Message, MessageState, Person } from '../../shared/contract/entities.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'

/** Characters of a message that the list of conversations shows. */
const PREVIEW_CHARACTERS = 200

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

const MESSAGE_COLUMNS = 'id, conversation_id, author, place, sent_at, stored_at, text, state, failure'

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
  const row = reader.get<MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM messages WHERE id = ?`, id)
  return row === undefined ? null : toMessage(row)
}

/** Newest first, strictly before `before`; null reads from the newest on. */
export const readMessagesBefore = (
  reader: Reader,
  { conversationId, before, limit }: { conversationId: ConversationId; before: MessageOrder | null; limit: number },
): Message[] => {
  const from = `SELECT ${MESSAGE_COLUMNS} FROM messages WHERE conversation_id = ?`
  const rows =
    before === null
      ? reader.all<MessageRow>(`${from} ORDER BY place DESC LIMIT ?`, conversationId, limit)
      : reader.all<MessageRow>(`${from} AND place < ? ORDER BY place DESC LIMIT ?`, conversationId, before, limit)
  return rows.map(toMessage)
}

interface ConversationRow {
  id: ConversationId
  person_id: PersonId
  active_at: number
  unread: number
  read_up_to: MessageOrder | null
  latest_id: MessageId | null
}

const CONVERSATION_COLUMNS = 'id, person_id, active_at, unread, read_up_to, latest_id'

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

export const readConversation = (reader: Reader, id: string): Conversation | null => {
  const row = reader.get<ConversationRow>(`SELECT ${CONVERSATION_COLUMNS} FROM conversations WHERE id = ?`, id)
  return row === undefined ? null : toConversation(reader, row)
}

export const readConversations = (reader: Reader): Conversation[] =>
  reader
    .all<ConversationRow>(`SELECT ${CONVERSATION_COLUMNS} FROM conversations ORDER BY active_at DESC`)
    .map(row => toConversation(reader, row))

interface PersonRow {
  id: PersonId
  name: string
  title: string
  department: string
  email: string
  phone: string
  devices: number
  is_admin: number
  listed: number
  last_seen_at: number | null
}

const PERSON_COLUMNS = 'id, name, title, department, email, phone, devices, is_admin, listed, last_seen_at'

const toPerson = ({ is_admin, listed, last_seen_at, ...row }: PersonRow): Person => ({
  ...row,
  isAdmin: is_admin === 1,
  listed: listed === 1,
  lastSeenAt: last_seen_at,
})

export const readPerson = (reader: Reader, id: string): Person | null => {
  const row = reader.get<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM people WHERE id = ?`, id)
  return row === undefined ? null : toPerson(row)
}

export const readPeople = (reader: Reader): Person[] =>
  reader.all<PersonRow>(`SELECT ${PERSON_COLUMNS} FROM people`).map(toPerson)
