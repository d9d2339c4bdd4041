import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeCanonical } from '../../../../src/crypto/index.ts'
import {
  type Content,
  decodeContent,
  encodeContent,
  readReceiptPrefix,
} from '../../../../src/engine/delivery/content.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../../../src/shared/ids.ts'
import { MAX_MESSAGE_BYTES } from '../../../../src/shared/limits.ts'

const hex = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytes => Buffer.from(bytes).toString('hex'))
const id = hex.map(text => text as MessageId)
const conversationId = hex.map(text => text as ConversationId)
const order = hex.map(text => text as MessageOrder)
const textFields = {
  id,
  conversationId,
  order,
  sentAt: fc.nat({ max: 8_000_000_000_000_000 }),
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map(text => text.normalize('NFC')),
}
const content: fc.Arbitrary<Content> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), ...textFields }),
  fc.record({ kind: fc.constant('copy' as const), ...textFields, to: hex.map(text => text as PersonId) }),
  fc.record({ kind: fc.constant('read' as const), conversationId, upTo: id, order }),
  fc.record({ kind: fc.constant('delivered' as const), ids: fc.array(id, { minLength: 1, maxLength: 30 }) }),
  fc.record({ kind: fc.constant('cancelled' as const), id }),
)

test('every content reads back as it was written', () => {
  fc.assert(
    fc.property(content, value => {
      expect(decodeContent(encodeContent(value))).toEqual(value)
    }),
  )
})

test('receipts of one conversation begin alike, and unlike everything else', () => {
  fc.assert(
    fc.property(content, conversationId, (value, other) => {
      const begins = (prefix: Uint8Array) =>
        Buffer.from(encodeContent(value)).subarray(0, prefix.length).equals(Buffer.from(prefix))
      expect(begins(readReceiptPrefix(other))).toBe(value.kind === 'read' && value.conversationId === other)
      if (value.kind === 'read') expect(begins(readReceiptPrefix(value.conversationId))).toBe(true)
    }),
  )
})

test('a type of a later version is unknown, not an error', () => {
  expect(decodeContent(encodeCanonical([77, 'whatever', [1, 2]]))).toEqual({ kind: 'unknown', type: 77 })
})

const bytes16 = new Uint8Array(16)
test.each([
  ['no text', [1, bytes16, bytes16, bytes16, 5, '']],
  ['a text one byte too long', [1, bytes16, bytes16, bytes16, 5, 'x'.repeat(MAX_MESSAGE_BYTES + 1)]],
  ['a text that is too long in bytes, not in letters', [1, bytes16, bytes16, bytes16, 5, 'ä'.repeat(8_193)]],
  ['a time before 1970', [1, bytes16, bytes16, bytes16, -1, 'x']],
  ['a time that no date can hold', [1, bytes16, bytes16, bytes16, 8_640_000_000_000_001, 'x']],
  ['a short id', [5, new Uint8Array(8)]],
  ['a field too few', [2, bytes16, bytes16]],
  ['no type', ['text']],
  ['nothing', []],
])('a content with %s is refused', (_, value) => {
  expect(() => decodeContent(encodeCanonical(value))).toThrow(expect.objectContaining({ code: 'document-malformed' }))
})
