import type { DeviceId, MessageOrder } from '../shared/ids.ts'
import { CLOCK_SKEW_TOLD } from '../shared/limits.ts'

/**
 * A hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014). An order is 16 bytes as lower-case hex, so
 * that comparing texts compares places: 6 bytes of milliseconds since 1970, 2 bytes of a counter, the first 8 bytes of
 * the device's key. Whatever a device writes after reading something comes behind it, even where its clock is behind.
 */
export interface Clock {
  /** A place behind everything that this device has written or observed. */
  next(): MessageOrder
  /**
   * Takes note of another device's place. One that is further ahead than `CLOCK_SKEW_TOLD` moves nothing: a single
   * wrong clock must not drag everybody's along.
   */
  observe(order: MessageOrder): void
}

export interface ClockInit {
  device: DeviceId
  now: () => number
  /** The highest place that is stored, or null in a new profile. */
  last: MessageOrder | null
}

const MAX_COUNTER = 0xffff

const orderOf = (time: number, counter: number, device: DeviceId): MessageOrder =>
  `${time.toString(16).padStart(12, '0')}${counter.toString(16).padStart(4, '0')}${device.slice(0, 16)}` as MessageOrder

/** Milliseconds since 1970 by the clock of the device that gave the place. */
export const timeOfOrder = (order: MessageOrder): number => Number.parseInt(order.slice(0, 12), 16)

/** Whether the place was given by this device. */
export const isOrderOf = (order: MessageOrder, device: DeviceId): boolean => order.endsWith(device.slice(0, 16))

export const createClock = ({ device, now, last }: ClockInit): Clock => {
  let time = 0
  let counter = 0

  const advanceTo = (order: MessageOrder) => {
    const theirTime = timeOfOrder(order)
    const theirCounter = Number.parseInt(order.slice(12, 16), 16)
    if (theirTime < time || (theirTime === time && theirCounter <= counter)) return
    time = theirTime
    counter = theirCounter
  }
  if (last !== null) advanceTo(last)

  return {
    next() {
      const wall = now()
      if (wall > time) {
        time = wall
        counter = 0
      } else if (counter < MAX_COUNTER) {
        counter += 1
      } else {
        time += 1
        counter = 0
      }
      return orderOf(time, counter, device)
    },
    observe(order) {
      if (timeOfOrder(order) <= now() + CLOCK_SKEW_TOLD) advanceTo(order)
    },
  }
}
