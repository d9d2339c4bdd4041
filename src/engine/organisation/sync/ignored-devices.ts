import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'

/** Milliseconds that nothing of a kind is taken from a device which gave what no honest one gives: verifying costs. */
const IGNORED_FOR = 60_000

/** Devices that nothing is taken from for a while. */
export interface IgnoredDevices {
  has(device: DeviceId): boolean
  /** From now on for a minute; not longer when it is ignored already. `afterwards` is called at the end. */
  ignore(device: DeviceId, why: string, afterwards?: () => void): void
  stop(): void
}

/** `what` is not taken from them, for the log. */
export const createIgnoredDevices = (what: string, log: Log): IgnoredDevices => {
  const timers = new Map<DeviceId, NodeJS.Timeout>()
  let isStopped = false
  return {
    has: device => timers.has(device),
    ignore(device, why, afterwards) {
      if (isStopped || timers.has(device)) return
      log.warn({ device, why }, `${what} of a device are ignored for a while`)
      const timer = setTimeout(() => {
        timers.delete(device)
        afterwards?.()
      }, IGNORED_FOR)
      timer.unref()
      timers.set(device, timer)
    },
    stop() {
      isStopped = true
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
