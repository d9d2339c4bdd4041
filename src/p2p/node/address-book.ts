import type { DeviceId } from '../../shared/ids.ts'
import { isUsable, type LoopbackRule } from '../multiaddrs.ts'
import { MAX_DIAL_ADDRESSES, MAX_REMEMBERED_ADDRESSES } from './constants.ts'

/** Where remembered addresses live; the engine keeps them in its database. Multiaddrs without the peer id. */
export interface RememberedAddresses {
  load(): Iterable<readonly [DeviceId, readonly string[]]> | Promise<Iterable<readonly [DeviceId, readonly string[]]>>
  save(device: DeviceId, addresses: readonly string[]): void
}

export interface AddressBookInit {
  remembered: RememberedAddresses | undefined
  /** Heard on the LAN, freshest first. */
  heard(device: DeviceId): string[]
  loopback: LoopbackRule
}

export interface AddressBook {
  load(): Promise<void>
  /** Where to try: heard on the LAN first, then what the device itself has said, then hints. */
  candidates(device: DeviceId): string[]
  /** What the device said in its hello, proven by Noise. */
  remember(device: DeviceId, addresses: readonly string[]): void
  /** What the device has signed and a colleague passed on: the first to try, before what was known. */
  learn(device: DeviceId, addresses: readonly string[]): void
  /** From an invitation or a policy: unproven, for this run only. */
  hint(device: DeviceId, addresses: readonly string[]): void
  forget(device: DeviceId): void
  devices(): DeviceId[]
}

export const createAddressBook = ({ remembered, heard, loopback }: AddressBookInit): AddressBook => {
  const known = new Map<DeviceId, readonly string[]>()
  const hints = new Map<DeviceId, readonly string[]>()
  const clean = (addresses: readonly string[]) =>
    [...new Set(addresses.filter(address => isUsable(address, loopback)))].slice(0, MAX_REMEMBERED_ADDRESSES)
  const set = (device: DeviceId, addresses: readonly string[]) => {
    if (addresses.length === 0 || addresses.join() === known.get(device)?.join()) return
    known.set(device, addresses)
    remembered?.save(device, addresses)
  }

  return {
    async load() {
      if (remembered === undefined) return
      for (const [device, addresses] of await remembered.load()) known.set(device, clean(addresses))
    },
    candidates: device =>
      [...new Set([...heard(device), ...(known.get(device) ?? []), ...(hints.get(device) ?? [])])].slice(
        0,
        MAX_DIAL_ADDRESSES,
      ),
    remember: (device, addresses) => set(device, clean(addresses)),
    learn: (device, addresses) => set(device, clean([...addresses, ...(known.get(device) ?? [])])),
    hint: (device, addresses) => hints.set(device, clean(addresses)),
    forget(device) {
      known.delete(device)
      hints.delete(device)
    },
    devices: () => [...new Set([...known.keys(), ...hints.keys()])],
  }
}
