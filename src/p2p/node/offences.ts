import type { DeviceId } from '../../shared/ids.ts'
import { MAX_OFFENCES, MAX_OFFENDERS, OFFENCE_WINDOW } from './constants.ts'

export interface Offences {
  /** Counts one; true when the device is shut out from now on. */
  record(device: DeviceId): boolean
  isShutOut(device: DeviceId): boolean
}

/** Who broke the protocol how often lately. A device is shut out for a window after its last offence but a few. */
export const createOffences = (now: () => number): Offences => {
  const offenders = new Map<DeviceId, number[]>()
  const recent = (device: DeviceId) =>
    (offenders.get(device) ?? []).filter(time => now() - time < OFFENCE_WINDOW).slice(-MAX_OFFENCES)
  return {
    record(device) {
      const times = [...recent(device), now()]
      offenders.delete(device) // the map keeps insertion order: the last offender goes to the end
      offenders.set(device, times)
      const [longestQuiet] = offenders.keys()
      if (offenders.size > MAX_OFFENDERS && longestQuiet !== undefined) offenders.delete(longestQuiet)
      return times.length >= MAX_OFFENCES
    },
    isShutOut: device => recent(device).length >= MAX_OFFENCES,
  }
}
