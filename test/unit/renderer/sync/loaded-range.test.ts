import { expect, test } from 'vitest'
import { isWithin } from '../../../../src/renderer/sync/loaded-range.ts'
import type { ConversationId, MessageOrder } from '../../../../src/shared/ids.ts'

const conversationId = 'c0'.repeat(16) as ConversationId
const order = (time: number) => time.toString(16).padStart(32, '0') as MessageOrder

test('the cache takes over messages only where it has no gap', () => {
  const range = { conversationId, oldest: order(100), isComplete: false }
  expect(isWithin(range, order(100))).toBe(true)
  expect(isWithin(range, order(200))).toBe(true)
  expect(isWithin(range, order(99))).toBe(false)
  expect(isWithin({ ...range, isComplete: true }, order(99))).toBe(true)
  expect(isWithin({ ...range, oldest: null, isComplete: true }, order(1))).toBe(true)
  expect(isWithin(undefined, order(200))).toBe(false)
})
