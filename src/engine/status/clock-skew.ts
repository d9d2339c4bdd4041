import type { DeviceId } from '../../shared/ids.ts'
import { CLOCK_SKEW_TOLD } from '../../shared/limits.ts'

/**
 * How far this PC's clock is from those of connected colleagues. The median decides: one wrong clock among several is
 * the other's problem, and with one colleague it is worth telling in any case.
 */
export const createClockSkew = (now: () => number) => {
  const aheadOf = new Map<DeviceId, number>()
  return {
    /** `time` is the device's clock as its hello just said. */
    note(device: DeviceId, time: number): void {
      aheadOf.set(device, now() - time)
    },
    forget(device: DeviceId): void {
      aheadOf.delete(device)
    },
    /** Milliseconds that this clock is ahead (negative: behind) of most; 0 while that is not worth telling. */
    ahead(): number {
      const sorted = [...aheadOf.values()].sort((a, b) => a - b)
      const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
      return Math.abs(median) > CLOCK_SKEW_TOLD ? median : 0
    },
  }
}

export type ClockSkew = ReturnType<typeof createClockSkew>
