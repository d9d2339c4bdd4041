import type { DeviceId } from '../../shared/ids.ts'
import { MAX_PACED_DEVICES, MESSAGE_BURST, MESSAGES_PER_SECOND } from './constants.ts'

/** How fast each device may be read: beyond a burst nothing is dropped, it only has to wait. */
export interface Paces {
  /** Counts frames that were read; returns the milliseconds until the next may be read. */
  take(device: DeviceId, frames: number): number
}

interface Bucket {
  /** Below 0: what was read came at once and is ahead of what may be read. */
  tokens: number
  /** Milliseconds. */
  filledAt: number
}

/** A token bucket for each device, not for each connection: connecting anew fills nothing. */
export const createPaces = (now: () => number): Paces => {
  const buckets = new Map<DeviceId, Bucket>()
  return {
    take(device, frames) {
      const at = now()
      const { tokens, filledAt } = buckets.get(device) ?? { tokens: MESSAGE_BURST, filledAt: at }
      const filled = Math.min(MESSAGE_BURST, tokens + ((at - filledAt) * MESSAGES_PER_SECOND) / 1_000)
      const left = filled - frames
      buckets.delete(device) // the map keeps insertion order: the one heard last goes to the end
      buckets.set(device, { tokens: left, filledAt: at })
      const [longestQuiet] = buckets.keys()
      if (buckets.size > MAX_PACED_DEVICES && longestQuiet !== undefined) buckets.delete(longestQuiet)
      return left >= 0 ? 0 : (-left * 1_000) / MESSAGES_PER_SECOND
    },
  }
}
