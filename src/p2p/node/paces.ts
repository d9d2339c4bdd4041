import type { DeviceId } from '../../shared/ids.ts'
import { MAX_PACED_DEVICES } from './constants.ts'

export interface PacesInit {
  /** Milliseconds of a clock that is never set. */
  now(): number
  /** At once, and then in each second. */
  burst: number
  perSecond: number
}

/** How much each device may do in a time. */
export interface Paces {
  /** Counts what was done already; returns the milliseconds until more may be done. */
  take(device: DeviceId, count: number): number
  /** Counts one if it may be done now; false, and nothing is counted, if not. */
  tryTake(device: DeviceId): boolean
}

interface Bucket {
  /** Below 0: what was done came at once and is ahead of what may be done. */
  tokens: number
  /** Milliseconds. */
  filledAt: number
}

/** A token bucket for each device, not for each connection: connecting anew fills nothing. */
export const createPaces = ({ now, burst, perSecond }: PacesInit): Paces => {
  const buckets = new Map<DeviceId, Bucket>()

  const filled = (device: DeviceId, at: number) => {
    const { tokens, filledAt } = buckets.get(device) ?? { tokens: burst, filledAt: at }
    return Math.min(burst, tokens + ((at - filledAt) * perSecond) / 1_000)
  }
  const leave = (device: DeviceId, tokens: number, filledAt: number) => {
    buckets.delete(device) // the map keeps insertion order: the one heard last goes to the end
    buckets.set(device, { tokens, filledAt })
    const [longestQuiet] = buckets.keys()
    if (buckets.size > MAX_PACED_DEVICES && longestQuiet !== undefined) buckets.delete(longestQuiet)
  }

  return {
    take(device, count) {
      const at = now()
      const left = filled(device, at) - count
      leave(device, left, at)
      return left >= 0 ? 0 : (-left * 1_000) / perSecond
    },
    tryTake(device) {
      const at = now()
      const tokens = filled(device, at)
      if (tokens < 1) return false
      leave(device, tokens - 1, at)
      return true
    },
  }
}
