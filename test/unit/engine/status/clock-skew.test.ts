import { expect, test } from 'vitest'
import { createClockSkew } from '../../../../src/engine/status/clock-skew.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'

const device = (name: string) => name.repeat(32) as DeviceId
const HOUR = 3_600_000

test('a clock that is an hour off is told, by how much and in which direction', () => {
  const now = 1_700_000_000_000
  const skew = createClockSkew(() => now)
  expect(skew.ahead()).toBe(0)
  for (const name of ['a1', 'b2', 'c3']) skew.note(device(name), now - HOUR)
  expect(skew.ahead()).toBe(HOUR)
  for (const name of ['a1', 'b2', 'c3']) skew.note(device(name), now + HOUR)
  expect(skew.ahead()).toBe(-HOUR)
})

test("one colleague's wrong clock among three, and differences of a minute, are nobody's business", () => {
  const now = 1_700_000_000_000
  const skew = createClockSkew(() => now)
  skew.note(device('a1'), now + 60_000)
  skew.note(device('b2'), now - 60_000)
  skew.note(device('c3'), now - HOUR)
  expect(skew.ahead()).toBe(0)
  skew.forget(device('a1'))
  skew.forget(device('b2'))
  expect(skew.ahead()).toBe(HOUR)
})
