import type { TrustedState } from '../../../org/index.ts'
import type { DeviceId } from '../../../shared/ids.ts'

/** Whether a device belongs to somebody who signs lists or roots: nobody else learns what has been proposed. */
export const mayReadProposals = (
  { devices, root }: Pick<TrustedState, 'devices' | 'root'>,
  device: DeviceId,
): boolean => {
  const owner = devices.get(device)?.person.personId
  if (owner === undefined) return false
  const signing = new Set([...root.roles.contacts.keys, ...root.roles.root.keys])
  return root.keys.some(({ id, holder }) => holder === owner && signing.has(id))
}
