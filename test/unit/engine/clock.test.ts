import { expect, test } from 'vitest'
import { createClock, isOrderOf, timeOfOrder } from '../../../src/engine/clock.ts'
import type { DeviceId, MessageOrder } from '../../../src/shared/ids.ts'
import { messageOrder } from '../../../src/shared/ids.ts'

const alice = 'a1'.repeat(32) as DeviceId
const bob = 'b0'.repeat(32) as DeviceId
const HOUR = 3_600_000

const clockOf = (device: DeviceId, time: { now: number }, last: MessageOrder | null = null) =>
  createClock({ device, now: () => time.now, last })

test('each place is behind the one before, also within one millisecond and when the clock is set back', () => {
  const time = { now: 1_700_000_000_000 }
  const clock = clockOf(alice, time)
  const places = [clock.next(), clock.next()]
  time.now += 5
  places.push(clock.next())
  time.now -= HOUR
  places.push(clock.next(), clock.next())
  expect([...places].sort()).toEqual(places)
  expect(new Set(places).size).toBe(places.length)
  for (const place of places) expect(messageOrder.safeParse(place).success).toBe(true)
  expect(isOrderOf(places[0] as MessageOrder, alice)).toBe(true)
  expect(isOrderOf(places[0] as MessageOrder, bob)).toBe(false)
})

test("Bob's answer comes behind Alice's question although his clock is two minutes behind", () => {
  const question = clockOf(alice, { now: 1_700_000_120_000 }).next()
  const clock = clockOf(bob, { now: 1_700_000_000_000 })
  clock.observe(question)
  expect(clock.next() > question).toBe(true)
})

test("Mallory's clock of next year drags nobody along", () => {
  const time = { now: 1_700_000_000_000 }
  const clock = clockOf(bob, time)
  clock.observe(clockOf(alice, { now: time.now + 8_760 * HOUR }).next())
  expect(timeOfOrder(clock.next())).toBe(time.now)
})

test('after a restart with the clock set back, places go on behind the last stored one', () => {
  const last = clockOf(alice, { now: 1_700_000_000_000 }).next()
  expect(clockOf(alice, { now: 1_600_000_000_000 }, last).next() > last).toBe(true)
})

test('more than 65,536 places in one millisecond borrow from the next', () => {
  const clock = clockOf(alice, { now: 1_700_000_000_000 })
  let before = clock.next()
  for (let count = 0; count < 70_000; count++) {
    const place = clock.next()
    if (place <= before) expect(place > before).toBe(true)
    before = place
  }
  expect(timeOfOrder(before)).toBe(1_700_000_000_001)
})
