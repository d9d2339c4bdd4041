import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RESEND_AFTER, RESEND_AT_MOST_EVERY } from '../../../../src/engine/delivery/constants.ts'
import { startRepeater } from '../../../../src/engine/delivery/repeater.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is under way goes again when nothing is acknowledged, at growing pauses, until something is', () => {
  const state = { acknowledged: 0, isWaiting: true }
  let repeated = 0
  const stop = startRepeater({ progress: () => ({ ...state }), repeat: () => repeated++ })
  vi.advanceTimersByTime(RESEND_AFTER)
  expect(repeated).toBe(1)
  vi.advanceTimersByTime(2 * RESEND_AFTER)
  expect(repeated).toBe(2)
  vi.advanceTimersByTime(100 * RESEND_AT_MOST_EVERY)
  expect(repeated).toBeGreaterThan(90)

  const before = repeated
  state.isWaiting = false
  vi.advanceTimersByTime(10 * RESEND_AT_MOST_EVERY)
  expect(repeated).toBe(before)

  state.isWaiting = true // just sent: not stuck yet
  vi.advanceTimersByTime(RESEND_AFTER)
  expect(repeated).toBe(before)
  state.acknowledged += 1
  vi.advanceTimersByTime(RESEND_AFTER)
  expect(repeated).toBe(before)

  stop()
  vi.advanceTimersByTime(10 * RESEND_AT_MOST_EVERY)
  expect(repeated).toBe(before)
})
