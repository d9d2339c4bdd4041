import { expect, test } from 'vitest'
import { createOrderClock, formatOrder, parseOrder } from '../../../src/engine/clock.ts'
import { type DeviceId, type MessageOrder, messageOrder } from '../../../src/shared/ids.ts'

const alice = 'a1'.repeat(32) as DeviceId
const bob = 'b0'.repeat(32) as DeviceId
const HOUR = 3_600_000

const clockOf = (device: DeviceId, time: { now: number }, last: MessageOrder | null = null) =>
  createOrderClock({ device, now: () => time.now, last })

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
})

test("Bob's answer comes behind Alice's question although his clock is two minutes behind", () => {
  const question = clockOf(alice, { now: 1_700_000_120_000 }).next()
  const clock = clockOf(bob, { now: 1_700_000_000_000 })
  expect(clock.believe(question, alice)).toBe(question)
  expect(clock.next() > question).toBe(true)
})

test("a message from Mallory's clock of next year is put where it arrived, and drags nobody along", () => {
  const time = { now: 1_700_000_000_000 }
  const clock = clockOf(bob, time)
  const place = clock.believe(clockOf(alice, { now: time.now + 8_760 * HOUR }).next(), alice)
  expect(parseOrder(place).time).toBe(time.now)
  expect(parseOrder(clock.next()).time).toBe(time.now)
})

test('a place in the name of another device is not believed', () => {
  const time = { now: 1_700_000_000_000 }
  const forged = clockOf(alice, time).next()
  expect(clockOf(bob, time).believe(forged, bob)).not.toBe(forged)
})

test('after a restart with the clock set back a little, places go on behind the last stored one', () => {
  const last = clockOf(alice, { now: 1_700_000_000_000 }).next()
  expect(clockOf(alice, { now: 1_699_999_990_000 }, last).next() > last).toBe(true)
})

test('a place reads back as what it was made of', () => {
  const place = { time: 1_700_000_000_000, counter: 77, device: 'a1a1a1a1a1a1' }
  expect(parseOrder(formatOrder(place))).toEqual(place)
})
