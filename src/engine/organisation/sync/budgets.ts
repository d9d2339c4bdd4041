import type { DeviceId } from '../../../shared/ids.ts'

const MINUTE = 60_000

export interface BudgetsInit {
  /** That a device may take at once, and how much comes back in a minute. */
  burst: number
  perMinute: number
  /** Milliseconds of a clock that does not run back. */
  elapsed(): number
}

/** What each listed device may cost this one: enough for a long absence at once, little for ever. */
export const createBudgets = ({ burst, perMinute, elapsed }: BudgetsInit) => {
  const left = new Map<DeviceId, { amount: number; at: number }>()
  const refilled = (device: DeviceId): number => {
    const known = left.get(device)
    return known === undefined ? burst : Math.min(burst, known.amount + ((elapsed() - known.at) / MINUTE) * perMinute)
  }
  return {
    hasAny: (device: DeviceId): boolean => refilled(device) >= 1,
    spend(device: DeviceId, amount: number): void {
      left.set(device, { amount: refilled(device) - amount, at: elapsed() })
    },
  }
}
