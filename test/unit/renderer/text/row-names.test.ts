import { expect, test } from 'vitest'
import { conversationName, messageName } from '../../../../src/renderer/text/row-names.ts'
import type { Message } from '../../../../src/shared/contract/entities.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../../../src/shared/ids.ts'

const row = {
  name: 'Marta Ruiz',
  presence: 'Online',
  unread: 0,
  preview: 'The torque report',
  isDraft: false,
  time: '14:18',
  state: null,
}
const message: Message = {
  id: '01'.repeat(16) as MessageId,
  conversationId: '02'.repeat(16) as ConversationId,
  author: '03'.repeat(16) as PersonId,
  order: '04'.repeat(16) as MessageOrder,
  sentAt: 0,
  storedAt: 0,
  text: 'Thanks, found it.',
  state: 'delivered',
  failure: null,
}

test('a conversation is named by person, presence, unread count, preview, time and mark', () => {
  expect(conversationName({ ...row, unread: 2 })).toBe('Marta Ruiz, Online, 2 unread, The torque report, 14:18')
  expect(conversationName({ ...row, state: 'read' })).toBe('Marta Ruiz, Online, The torque report, 14:18, Read')
})

test('a draft says so and carries no mark', () => {
  expect(conversationName({ ...row, isDraft: true, preview: 'Could we', state: 'queued' })).toBe(
    'Marta Ruiz, Online, Draft: Could we, 14:18',
  )
})

test('a message is named by sender, time, text and mark', () => {
  expect(messageName('You', '12:36', message)).toBe('You, 12:36, Thanks, found it., Delivered')
  expect(messageName('Marta Ruiz', '12:36', { ...message, state: 'received' })).toBe(
    'Marta Ruiz, 12:36, Thanks, found it.',
  )
})

test('a failed message says why', () => {
  expect(messageName('You', '12:36', { ...message, state: 'failed', failure: 'disk-full' })).toBe(
    'You, 12:36, Thanks, found it., Not sent, This PC’s disk is full.',
  )
})
