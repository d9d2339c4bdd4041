import { LanyardError } from '../../shared/errors.ts'
import type { ConversationId, DeviceId, MessageId, MessageOrder } from '../../shared/ids.ts'
import { MAX_AHEAD, parseOrder } from '../clock.ts'
import { countUnread } from '../conversations/conversation-rows.ts'
import { readMessage } from '../conversations/message-rows.ts'
import type { Content } from './content.ts'
import { readReceiptPrefix } from './content.ts'
import { touchIfLatest } from './message-state.ts'
import { dropWaiting } from './outbox.ts'
import type { Sealing } from './sealing.ts'
import type { Turn } from './turn.ts'
import type { Directory } from './types.ts'

export interface ReadingInit {
  directory: Directory
  sealing: Sealing
}

type ReadContent = Extract<Content, { kind: 'read' }>

/** Reading, here and elsewhere: how far each side of a conversation has read, and the receipts that say so. */
export const createReading = ({ directory, sealing }: ReadingInit) => {
  const { self } = directory

  const newestOfOthers = (turn: Turn, conversation: ConversationId, upTo: MessageOrder) =>
    turn.tx.get<{ id: MessageId; place: MessageOrder }>(
      `SELECT id, place FROM messages WHERE conversation_id = ? AND place <= ? AND author <> ?
       ORDER BY place DESC LIMIT 1`,
      conversation,
      upTo,
      self.personId,
    )

  /** The newest receipt replaces one that still waits: a colleague who is away gets one, not a hundred. */
  const tell = (turn: Turn, devices: readonly DeviceId[], receipt: ReadContent) => {
    for (const device of devices) {
      dropWaiting(turn.tx, device, readReceiptPrefix(receipt.conversationId))
      sealing.enqueue(turn, device, receipt, null)
    }
  }

  /** Returns the receipt to tell, or undefined where nothing is new. */
  const markUpTo = (turn: Turn, conversation: ConversationId, upTo: MessageOrder): ReadContent | undefined => {
    const row = turn.conversation(conversation)
    if (row === undefined) throw new LanyardError('conversation-unknown', 'There is no such conversation')
    const newest = newestOfOthers(turn, conversation, upTo)
    if (newest === undefined) return undefined
    const before = row.read_up_to ?? ''
    if (newest.place <= before && row.unread === 0) return undefined
    const readUpTo = newest.place > before ? newest.place : row.read_up_to
    const unread = countUnread(turn.tx, { id: conversation, self: self.personId, after: readUpTo })
    turn.setConversation({ ...row, read_up_to: readUpTo, unread })
    return { kind: 'read', conversationId: conversation, upTo: newest.id, order: newest.place }
  }

  return {
    /** This person has read, on this device. Throws `conversation-unknown`. */
    markRead(turn: Turn, conversation: ConversationId, upTo: MessageOrder): void {
      const receipt = markUpTo(turn, conversation, upTo)
      const person = turn.conversation(conversation)?.person_id
      if (receipt === undefined || person === undefined) return
      const own = directory.devicesOf(self.personId).filter(device => device !== self.deviceId)
      tell(turn, person === self.personId ? own : [...directory.devicesOf(person), ...own], receipt)
    },

    /** This person has read, on another device of theirs. */
    readElsewhere(turn: Turn, { conversationId, upTo, order }: ReadContent): void {
      const message = readMessage(turn.tx, upTo)
      markUpTo(turn, conversationId, message?.conversationId === conversationId ? message.order : order)
    },

    /**
     * The other person has read. The message decides how far, by its place here; where it has not come to this device,
     * its place there, but never beyond what there is, nor beyond now.
     */
    readByPeer(turn: Turn, { conversationId, upTo, order }: ReadContent): void {
      const row = turn.conversation(conversationId)
      if (row === undefined) return
      const message = readMessage(turn.tx, upTo)
      const newest = row.latest_place ?? order
      const here = message?.conversationId === conversationId ? message.order : undefined
      const place = here ?? (order < newest ? order : newest)
      if (here === undefined && parseOrder(place).time > turn.now + MAX_AHEAD) return // it would say 'read' of what is not even written
      if (row.peer_read_up_to === null || place > row.peer_read_up_to)
        turn.setConversation({ ...row, peer_read_up_to: place })
      const read = turn.tx.all<{ id: MessageId }>(
        `UPDATE messages SET state = 'read' WHERE conversation_id = ? AND place <= ? AND state = 'delivered'
         RETURNING id`,
        conversationId,
        place,
      )
      for (const { id } of read) turn.tx.markChanged('message', id)
      touchIfLatest(turn, conversationId, new Set(read.map(({ id }) => id)))
    },
  }
}

export type Reading = ReturnType<typeof createReading>
