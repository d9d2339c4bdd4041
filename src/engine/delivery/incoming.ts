import type { CryptoProvider } from '../../crypto/index.ts'
import type { Message, MessageState } from '../../shared/contract/entities.ts'
import { missingCase } from '../../shared/errors.ts'
import type { ConversationId, DeviceId, MessageId, MessageOrder, PersonId } from '../../shared/ids.ts'
import type { OrderClock } from '../clock.ts'
import { ensureConversation } from '../conversations/conversation-rows.ts'
import { directConversationId } from '../conversations/direct-id.ts'
import { deleteMessage, insertMessage, newestMessage, readMessage } from '../conversations/message-rows.ts'
import type { DecodedContent, TextContent } from './content.ts'
import { advance } from './message-state.ts'
import type { Reading } from './reading.ts'
import type { Turn } from './turn.ts'
import type { Directory } from './types.ts'

export interface IncomingInit {
  provider: CryptoProvider
  directory: Directory
  clock: OrderClock
  reading: Reading
  onReceived(message: Message): void
}

/** What came of a content: `refused` is never to be accepted, `unknown` is of a later version. */
export type Verdict = 'taken' | 'refused' | 'unknown'

/** Contents that were opened: each is believed as far as its author, the person of the device, may say it. */
export const createIncoming = ({ provider, directory, clock, reading, onReceived }: IncomingInit) => {
  const { self } = directory
  const conversations = new Map<PersonId, ConversationId>()

  const conversationWith = (person: PersonId): ConversationId => {
    const known = conversations.get(person)
    if (known !== undefined) return known
    const id = directConversationId(provider, self.personId, person)
    conversations.set(person, id)
    return id
  }

  /** The same place or, where it cannot be believed or is taken, the next one here. Undefined when the id is known. */
  const store = (turn: Turn, device: DeviceId, message: Message): Message | undefined => {
    const believed: Message = { ...message, order: clock.believe(message.order, device) }
    if (insertMessage(turn.tx, believed)) return believed
    if (readMessage(turn.tx, message.id) !== null) return undefined
    const moved: Message = { ...message, order: clock.next() }
    return insertMessage(turn.tx, moved) ? moved : undefined
  }

  const note = (turn: Turn, person: PersonId, message: Message, unread: 0 | 1) => {
    const row = turn.conversation(message.conversationId)
    if (row === undefined) throw new Error(`The conversation with ${person} has gone inside its own transaction`)
    const isNewest = row.latest_place === null || message.order > row.latest_place
    turn.setConversation({
      ...row,
      active_at: Math.max(row.active_at, turn.now),
      unread: row.unread + unread,
      latest_id: isNewest ? message.id : row.latest_id,
      latest_place: isNewest ? message.order : row.latest_place,
    })
  }

  const take = (
    turn: Turn,
    { device, author, person, state }: { device: DeviceId; author: PersonId; person: PersonId; state: MessageState },
    content: TextContent,
  ): Verdict => {
    const { id, conversationId, order, sentAt, text } = content
    if (conversationId !== conversationWith(person)) return 'refused'
    if (turn.conversation(conversationId) === undefined)
      ensureConversation(turn.tx, { id: conversationId, personId: person, now: turn.now })
    const stored = store(turn, device, {
      id,
      conversationId,
      author,
      order,
      sentAt,
      storedAt: turn.now,
      text,
      state,
      failure: null,
    })
    if (stored === undefined) return isSame(turn, id, author, text) ? 'taken' : 'refused'
    note(turn, person, stored, author === self.personId ? 0 : 1)
    if (author !== self.personId) turn.after(() => onReceived(stored))
    return 'taken'
  }

  const isSame = (turn: Turn, id: MessageId, author: PersonId, text: string): boolean => {
    const known = readMessage(turn.tx, id)
    return known?.author === author && known.text === text
  }

  const takeCopy = (turn: Turn, device: DeviceId, to: PersonId, content: TextContent): Verdict => {
    if (!directory.isListed(to)) return 'refused'
    const isRead = (order: MessageOrder) => order <= (turn.conversation(content.conversationId)?.peer_read_up_to ?? '')
    const state = to === self.personId ? 'delivered' : isRead(content.order) ? 'read' : 'queued'
    return take(turn, { device, author: self.personId, person: to, state }, content)
  }

  const takeCancellation = (turn: Turn, id: MessageId): void => {
    const message = readMessage(turn.tx, id)
    if (message === null || message.author !== self.personId || message.state !== 'queued') return
    deleteMessage(turn.tx, id)
    const row = turn.conversation(message.conversationId)
    if (row !== undefined && row.latest_id === id) turn.setConversation({ ...row, ...newestMessage(turn.tx, row.id) })
  }

  return {
    /** `author` is the person of `device`, which the session has authenticated. */
    apply(turn: Turn, device: DeviceId, author: PersonId, content: DecodedContent): Verdict {
      const isOwn = author === self.personId
      switch (content.kind) {
        case 'text':
          if (isOwn) return 'refused'
          return take(turn, { device, author, person: author, state: 'received' }, content)
        case 'read':
          if (isOwn) {
            if (turn.conversation(content.conversationId) !== undefined) reading.readElsewhere(turn, content)
            return 'taken'
          }
          if (content.conversationId !== conversationWith(author)) return 'refused'
          reading.readByPeer(turn, content)
          return 'taken'
        case 'copy':
          return isOwn ? takeCopy(turn, device, content.to, content) : 'refused'
        case 'delivered':
          if (!isOwn) return 'refused'
          advance(turn, content.ids, 'delivered')
          return 'taken'
        case 'cancelled':
          if (!isOwn) return 'refused'
          takeCancellation(turn, content.id)
          return 'taken'
        case 'unknown':
          return 'unknown'
        default:
          return missingCase(content)
      }
    },
  }
}

export type Incoming = ReturnType<typeof createIncoming>
