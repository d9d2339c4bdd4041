import type { DeviceId } from '../shared/ids.ts'
import { administratorsOf } from './list-status.ts'
import type { TrustedState } from './trusted.ts'

/**
 * Whether a device belongs to somebody who holds a key of the contacts role. It speaks for the administration in small
 * things (whom to invite, whom not to wait for); what stands on the list takes the key itself.
 */
export const isAdministratorsDevice = (trusted: TrustedState, device: DeviceId): boolean => {
  const owner = trusted.devices.get(device)?.person.personId
  return owner !== undefined && administratorsOf(trusted).includes(owner)
}
