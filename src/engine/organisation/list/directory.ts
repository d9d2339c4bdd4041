import type { TrustedState } from '../../../org/index.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Directory } from '../../delivery/types.ts'

/** Who is who, in memory: asked for every frame and every message. */
export interface MemoryDirectory extends Directory {
  /** Every device on the list, this one included. */
  devices(): readonly DeviceId[]
}

/** Answers by the list in force at the moment of the question. */
export const createDirectory = (
  list: () => Pick<TrustedState, 'people' | 'devices'>,
  self: Directory['self'],
): MemoryDirectory => ({
  self,
  personOf: device => list().devices.get(device)?.person.personId,
  devicesOf: person => (list().people.get(person)?.devices ?? []).map(({ id }) => id),
  isListed: person => (list().people.get(person)?.devices.length ?? 0) > 0,
  keysOf: device => list().devices.get(device)?.device,
  devices: () => [...list().devices.keys()],
})
