import { decodeCanonical, encodeCanonical, fromHex, toHex } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../shared/ids.ts'
import { MAX_ENVELOPE_BYTES, MAX_MESSAGE_BYTES } from '../../shared/limits.ts'
import { MAX_SYNCED_IDS } from './constants.ts'

const TEXT = 1
const READ = 2
const COPY = 3
const DELIVERED = 4
const CANCELLED = 5

/** Milliseconds: the last moment that a Date can hold. */
const MAX_TIME = 8.64e15

export interface TextContent {
  id: MessageId
  conversationId: ConversationId
  order: MessageOrder
  /** Milliseconds since 1970 by the author's clock. */
  sentAt: number
  /** 1 to MAX_MESSAGE_BYTES bytes of UTF-8, NFC. */
  text: string
}

/**
 * What is inside an envelope: a canonical CBOR array that begins with its type. No content names its author: that is
 * the person of the device that the session authenticates.
 */
export type Content =
  | ({ kind: 'text' } & TextContent)
  /** Everything in the conversation up to this message has been read; to the author's devices and one's own. */
  | { kind: 'read'; conversationId: ConversationId; upTo: MessageId; order: MessageOrder }
  /** To one's own other devices: a message that this person wrote to `to`. */
  | ({ kind: 'copy'; to: PersonId } & TextContent)
  /** To one's own other devices: messages of this person that reached their recipient. */
  | { kind: 'delivered'; ids: MessageId[] }
  /** To one's own other devices: a message that was taken back before it reached anybody. */
  | { kind: 'cancelled'; id: MessageId }

export type DecodedContent = Content | { kind: 'unknown'; type: number }

const malformed = (what: string) => new LanyardError('document-malformed', `A message with ${what}`)
const encoder = new TextEncoder()

const readHex = (value: unknown): string => {
  if (!(value instanceof Uint8Array) || value.length !== 16) throw malformed('an id that is not 16 bytes')
  return toHex(value)
}

const readTime = (value: unknown): number => {
  if (typeof value !== 'number' || value < 0 || value > MAX_TIME) throw malformed('a time that is none')
  return value
}

const readText = (value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw malformed('no text')
  if (encoder.encode(value).length > MAX_MESSAGE_BYTES) throw malformed(`more than ${MAX_MESSAGE_BYTES} bytes of text`)
  return value
}

const readTextContent = ([id, conversation, order, sentAt, text]: readonly unknown[]): TextContent => ({
  id: readHex(id) as MessageId,
  conversationId: readHex(conversation) as ConversationId,
  order: readHex(order) as MessageOrder,
  sentAt: readTime(sentAt),
  text: readText(text),
})

const textFields = ({ id, conversationId, order, sentAt, text }: TextContent) =>
  [fromHex(id), fromHex(conversationId), fromHex(order), sentAt, text] as const

export const encodeContent = (content: Content): Uint8Array => {
  switch (content.kind) {
    case 'text':
      return encodeCanonical([TEXT, ...textFields(content)])
    case 'read':
      return encodeCanonical([READ, fromHex(content.conversationId), fromHex(content.upTo), fromHex(content.order)])
    case 'copy':
      return encodeCanonical([COPY, ...textFields(content), fromHex(content.to)])
    case 'delivered':
      if (content.ids.length > MAX_SYNCED_IDS) throw new RangeError(`At most ${MAX_SYNCED_IDS} ids in one notice`)
      return encodeCanonical([DELIVERED, content.ids.map(id => fromHex(id))])
    case 'cancelled':
      return encodeCanonical([CANCELLED, fromHex(content.id)])
  }
}

const fieldCounts = new Map([
  [TEXT, 5],
  [READ, 3],
  [COPY, 6],
  [DELIVERED, 1],
  [CANCELLED, 1],
])

const readDelivered = (value: unknown): MessageId[] => {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_SYNCED_IDS)
    throw malformed(`something else than 1 to ${MAX_SYNCED_IDS} ids`)
  return value.map(id => readHex(id) as MessageId)
}

/**
 * Throws `document-malformed` or `document-too-large`. A type of a later version comes back as `unknown`, so that the
 * session goes on.
 */
export const decodeContent = (bytes: Uint8Array): DecodedContent => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_ENVELOPE_BYTES })
  if (!Array.isArray(value)) throw malformed('no array')
  const [type, ...fields] = value as unknown[]
  if (typeof type !== 'number' || type < 0) throw malformed('no type')
  const expected = fieldCounts.get(type)
  if (expected === undefined) return { kind: 'unknown', type }
  if (fields.length !== expected) throw malformed('another number of fields')
  switch (type) {
    case TEXT:
      return { kind: 'text', ...readTextContent(fields) }
    case READ:
      return {
        kind: 'read',
        conversationId: readHex(fields[0]) as ConversationId,
        upTo: readHex(fields[1]) as MessageId,
        order: readHex(fields[2]) as MessageOrder,
      }
    case COPY:
      return { kind: 'copy', ...readTextContent(fields), to: readHex(fields[5]) as PersonId }
    case DELIVERED:
      return { kind: 'delivered', ids: readDelivered(fields[0]) }
    default:
      return { kind: 'cancelled', id: readHex(fields[0]) as MessageId }
  }
}

/**
 * The first bytes of every read receipt about one conversation: array head, type, byte string head, id. A receipt that
 * still waits is replaced by a newer one, found by them.
 */
export const readReceiptPrefix = (conversationId: ConversationId): Uint8Array =>
  encodeContent({
    kind: 'read',
    conversationId,
    upTo: '0'.repeat(32) as MessageId,
    order: '0'.repeat(32) as MessageOrder,
  }).subarray(0, 1 + 1 + 1 + 16)
