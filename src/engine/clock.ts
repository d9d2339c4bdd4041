import type { DeviceId, MessageOrder } from '../shared/ids.ts'
import { CLOCK_SKEW_TOLD } from '../shared/limits.ts'

/** Milliseconds: a place further ahead of this device's clock than this comes from a wrong clock and is not believed. */
export const MAX_AHEAD = CLOCK_SKEW_TOLD

/** Milliseconds: nothing waits longer than the outbox keeps it, so that an older place comes from a wrong clock. */
export const MAX_BEHIND = 45 * 86_400_000

const MAX_COUNTER = 0xffff_ffff

/** Where a message stands in its conversation: 6 bytes of milliseconds, 4 of a counter, 6 of the device, as hex. */
export interface Place {
  time: number
  counter: number
  device: string
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** The part of a device id that ends a place: two devices never make the same one. */
const deviceMark = (device: DeviceId) => device.slice(0, 12)

export const formatOrder = ({ time, counter, device }: Place): MessageOrder =>
  `${hex(time, 12)}${hex(counter, 8)}${device}` as MessageOrder

export const parseOrder = (order: MessageOrder): Place => ({
  time: Number.parseInt(order.slice(0, 12), 16),
  counter: Number.parseInt(order.slice(12, 20), 16),
  device: order.slice(20),
})

export interface OrderClockInit {
  now(): number
  device: DeviceId
  /** The highest place that this device has given out or believed before; null for a new profile. */
  last: MessageOrder | null
}

export interface OrderClock {
  /** A place after everything that this device has given out or believed. */
  next(): MessageOrder
  /**
   * The place for a message that `device` put at `order`: the same, or, when its clock is too far off to be believed
   * or the place names another device, the next one of this device. So a wrong clock cannot keep a message at the end
   * (or hide it at the beginning) of a conversation for ever.
   */
  believe(order: MessageOrder, device: DeviceId): MessageOrder
}

/** A hybrid logical clock (Kulkarni et al. 2014): wall time where it can, a counter where it must. */
export const createOrderClock = ({ now, device, last }: OrderClockInit): OrderClock => {
  const own = deviceMark(device)
  const start = last === null ? { time: 0, counter: 0 } : parseOrder(last)
  let time = Math.min(start.time, now() + MAX_AHEAD)
  let counter = start.counter

  const next = (): MessageOrder => {
    const wall = now()
    if (wall > time || counter === MAX_COUNTER) {
      time = Math.max(wall, time + 1)
      counter = 0
    } else {
      counter += 1
    }
    return formatOrder({ time, counter, device: own })
  }

  return {
    next,
    believe(order, from) {
      const place = parseOrder(order)
      const wall = now()
      const isBelievable = place.time <= wall + MAX_AHEAD && place.time >= wall - MAX_BEHIND
      if (!isBelievable || place.device !== deviceMark(from)) return next()
      if (place.time > time || (place.time === time && place.counter > counter)) {
        time = place.time
        counter = place.counter
      }
      return order
    },
  }
}
