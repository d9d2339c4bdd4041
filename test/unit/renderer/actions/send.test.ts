import { expect, test } from 'vitest'
import { isLocal, localOrder } from '../../../../src/renderer/actions/send.ts'
import { messageOrder } from '../../../../src/shared/ids.ts'

test('a message that the engine has not answered for stands after all others, by time', () => {
  const now = Date.now()
  const fromEngine = messageOrder.parse(`${(now + 300_000).toString(16).padStart(12, '0')}${'f'.repeat(20)}`)
  expect(localOrder(now) > fromEngine).toBe(true)
  expect(localOrder(now + 1) > localOrder(now)).toBe(true)
  expect(messageOrder.safeParse(localOrder(now)).success).toBe(true)
  expect(isLocal({ order: localOrder(now) })).toBe(true)
  expect(isLocal({ order: fromEngine })).toBe(false)
})
