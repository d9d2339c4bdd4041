import type { Message } from '../../shared/contract/entities.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { ConversationId, DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import { MAX_MESSAGE_BYTES } from '../../shared/limits.ts'
import { hasTooManyMarks } from '../../shared/text-rules.ts'
import { type OrderClock, parseOrder } from '../clock.ts'
import { deleteMessage, insertMessage, newestMessage, readMessage } from '../conversations/message-rows.ts'
import type { Reader } from '../storage/statements.ts'
import { dropRowsOfMessage, isSealedFor } from './outbox.ts'
import type { Sealing } from './sealing.ts'
import type { Turn } from './turn.ts'
import type { Directory } from './types.ts'

export interface SendingInit {
  directory: Directory
  clock: OrderClock
  sealing: Sealing
}

export interface OwnMessage {
  id: MessageId
  conversationId: ConversationId
  text: string
}

const encoder = new TextEncoder()

/**
 * Both sides hold the same bytes: NFC, as the wire carries it. What receivers would refuse is refused here. Throws
 * `message-empty`, `message-too-long`, `message-unreadable`.
 */
const checkText = (text: string): string => {
  const normal = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/^\ufeff+/, '')
  if (normal.trim() === '') throw new LanyardError('message-empty', 'The message has no text')
  if (encoder.encode(normal).length > MAX_MESSAGE_BYTES)
    throw new LanyardError('message-too-long', `A message has at most ${MAX_MESSAGE_BYTES} bytes`)
  if (hasTooManyMarks(normal)) throw new LanyardError('message-unreadable', 'Too many combining marks in a row')
  return normal
}

/** Messages of this person: written here, addressed to every device that should have them, or taken back. */
export const createSending = ({ directory, clock, sealing }: SendingInit) => {
  const { self } = directory
  const otherOwnDevices = () => directory.devicesOf(self.personId).filter(device => device !== self.deviceId)

  const recipientOf = (turn: Turn, conversation: ConversationId): PersonId => {
    const row = turn.conversation(conversation)
    if (row === undefined) throw new LanyardError('conversation-unknown', 'There is no such conversation')
    if (!directory.isListed(self.personId))
      throw new LanyardError('removed', 'This device is not on the contact list any more')
    if (!directory.isListed(row.person_id))
      throw new LanyardError('person-unknown', 'This person is not on the contact list any more')
    return row.person_id
  }

  const sentBefore = (turn: Turn, { id, conversationId, text }: OwnMessage): Message => {
    const known = readMessage(turn.tx, id)
    if (known?.conversationId === conversationId && known.author === self.personId && known.text === text) return known
    throw new LanyardError('bad-input', 'Another message has this id')
  }

  const address = (turn: Turn, message: Message, devices: readonly DeviceId[]) => {
    const { id, conversationId, order, sentAt, text } = message
    for (const device of devices)
      sealing.enqueue(turn, device, { kind: 'text', id, conversationId, order, sentAt, text }, id)
  }

  const copyToOwnDevices = (turn: Turn, message: Message, to: PersonId) => {
    const { id, conversationId, order, sentAt, text } = message
    for (const device of otherOwnDevices())
      sealing.enqueue(turn, device, { kind: 'copy', id, conversationId, order, sentAt, text, to }, null)
  }

  return {
    /** Throws before it changes anything: see `Delivery.send`. */
    send(turn: Turn, { id, conversationId, text: written }: OwnMessage): Message {
      const text = checkText(written)
      const to = recipientOf(turn, conversationId)
      const message: Message = {
        id,
        conversationId,
        author: self.personId,
        order: clock.next(),
        sentAt: turn.now,
        storedAt: turn.now,
        text,
        state: to === self.personId ? 'delivered' : 'queued', // a note to oneself has arrived
        failure: null,
      }
      if (!insertMessage(turn.tx, message)) return sentBefore(turn, message)
      const row = turn.conversation(conversationId)
      if (row !== undefined)
        turn.setConversation({ ...row, active_at: turn.now, latest_id: id, latest_place: message.order })
      if (to !== self.personId) address(turn, message, directory.devicesOf(to))
      copyToOwnDevices(turn, message, to)
      return message
    },

    /** Throws `message-unknown`, and `message-sent` where another device may have it. */
    cancel(turn: Turn, id: MessageId): void {
      const message = readMessage(turn.tx, id)
      if (message === null || message.author !== self.personId)
        throw new LanyardError('message-unknown', 'There is no such message of this person')
      const isWrittenHere = self.deviceId.startsWith(parseOrder(message.order).device)
      const isWaiting = message.state === 'queued' || message.state === 'failed'
      const row = turn.conversation(message.conversationId)
      const devices = row === undefined ? [] : directory.devicesOf(row.person_id)
      if (!isWaiting || !isWrittenHere || isSealedFor(turn.tx, id, devices))
        throw new LanyardError('message-sent', 'The message is on its way already')
      dropRowsOfMessage(turn.tx, id, devices)
      deleteMessage(turn.tx, id)
      if (row !== undefined && row.latest_id === id) turn.setConversation({ ...row, ...newestMessage(turn.tx, row.id) })
      for (const device of otherOwnDevices()) sealing.enqueue(turn, device, { kind: 'cancelled', id }, null)
    },

    /** People for whom something of this person waits. */
    awaited: (reader: Reader): PersonId[] =>
      reader
        .all<{ person_id: PersonId }>(
          `SELECT DISTINCT c.person_id FROM messages m JOIN conversations c ON c.id = m.conversation_id
           WHERE m.state = 'queued' AND m.author = ?`,
          self.personId,
        )
        .map(({ person_id }) => person_id),

    /** A device that was put on the list gets what still waits for its person. */
    addressTo(turn: Turn, device: DeviceId): void {
      const person = directory.personOf(device)
      if (person === undefined || person === self.personId) return
      const waiting = turn.tx.all<{ id: MessageId }>(
        `SELECT m.id FROM conversations c JOIN messages m ON m.conversation_id = c.id
         WHERE c.person_id = ? AND m.author = ? AND m.state = 'queued'
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.device_id = ?)
         ORDER BY m.place`,
        person,
        self.personId,
        device,
      )
      for (const { id } of waiting) {
        const message = readMessage(turn.tx, id)
        if (message !== null) address(turn, message, [device])
      }
    },
  }
}
