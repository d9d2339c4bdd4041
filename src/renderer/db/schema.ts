import Dexie, { type Table } from 'dexie'
import type { Conversation, Group, Invitation, JoinRequest, Message, Person } from '../../shared/contract/entities.ts'
import type { FeedCursor } from '../../shared/contract/feed.ts'
import type {
  ConversationId,
  DeviceId,
  GroupId,
  InvitationId,
  MessageId,
  MessageOrder,
  PersonId,
} from '../../shared/ids.ts'

/** How far back the cache holds a conversation without a gap. */
export interface LoadedRange {
  readonly conversationId: ConversationId
  /** The oldest message that is here; null when there is none at all. */
  readonly oldest: MessageOrder | null
  /** Whether nothing older exists. */
  readonly isComplete: boolean
}

export interface Draft {
  readonly conversationId: ConversationId
  readonly text: string
}

export interface CursorRow {
  readonly name: 'cursor'
  readonly cursor: FeedCursor
}

/** Fields named here are indexes and stand in the clear; everything else of a row is sealed. */
const TABLES = {
  people: 'id',
  groups: 'id',
  conversations: 'id, activeAt',
  messages: 'id, [conversationId+order]',
  requests: 'id',
  invitations: 'id',
  ranges: 'conversationId',
  drafts: 'conversationId',
  state: 'name',
}

/** Raised with every change of `TABLES` or of a row's shape: older caches are thrown away. */
const LAYOUT = 2

export class CacheDatabase extends Dexie {
  declare people: Table<Person, PersonId>
  declare groups: Table<Group, GroupId>
  declare conversations: Table<Conversation, ConversationId>
  declare messages: Table<Message, MessageId>
  declare requests: Table<JoinRequest, DeviceId>
  declare invitations: Table<Invitation, InvitationId>
  declare ranges: Table<LoadedRange, ConversationId>
  declare drafts: Table<Draft, ConversationId>
  declare state: Table<CursorRow, string>

  constructor(name: string) {
    super(name)
    this.version(LAYOUT).stores(TABLES)
  }
}
