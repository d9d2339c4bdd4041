import type { DeviceId } from '../../shared/ids.ts'
import { ABSENT_RETRY, HIGHER_WAITS, LOWER_WAITS, PRESENT_RETRY, REMEMBERED_WAITS } from './constants.ts'

/** When to dial; all in milliseconds. `random` is uniform in [0, 1). */

const between = ({ min, max }: { min: number; max: number }, random: () => number) => min + random() * (max - min)

/** After fresh evidence on the LAN: the lower device dials at once, the higher one leaves it the time. */
export const evidenceDelay = (self: DeviceId, other: DeviceId, random: () => number): number =>
  between(self < other ? LOWER_WAITS : HIGHER_WAITS, random)

/** At start and wake, for remembered addresses: the others cannot know that we are back. */
export const rememberedDelay = (self: DeviceId, other: DeviceId, random: () => number): number =>
  between(self < other ? LOWER_WAITS : REMEMBERED_WAITS, random)

/** After the failure number `failures` (1, 2 …) in a row. A device that is seen on the LAN is tried sooner. */
export const retryDelay = (failures: number, isPresent: boolean, random: () => number): number => {
  const { min, max } = isPresent ? PRESENT_RETRY : ABSENT_RETRY
  return Math.min(min * 2 ** Math.min(failures - 1, 20), max) * between({ min: 0.8, max: 1.2 }, random)
}
