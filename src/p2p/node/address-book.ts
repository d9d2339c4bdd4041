import type { DeviceId } from '../../shared/ids.ts'
import { isAddress, isLoopback } from '../multiaddrs.ts'
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
  /** Loopback addresses: the only ones in loopback mode, of no use on a LAN, as good as others without discovery. */
  loopback: 'only' | 'never' | 'too'
}

export interface AddressBook {
  load(): Promise<void>
  /** Where to try: heard on the LAN first, then what the device itself told us last time, then hints. */
  candidates(device: DeviceId): string[]
  /** What the device said in its hello, proven by Noise. */
  remember(device: DeviceId, addresses: readonly string[]): void
  /** From an invitation or a policy: unproven, for this run only. */
  hint(device: DeviceId, addresses: readonly string[]): void
  forget(device: DeviceId): void
  devices(): DeviceId[]
}

export const createAddressBook = ({ remembered, heard, loopback }: AddressBookInit): AddressBook => {
  const known = new Map<DeviceId, readonly string[]>()
  const hints = new Map<DeviceId, readonly string[]>()
  const isUsable = (address: string) =>
    isAddress(address) && (loopback === 'too' || isLoopback(address) === (loopback === 'only'))
  const clean = (addresses: readonly string[]) =>
    [...new Set(addresses.filter(isUsable))].slice(0, MAX_REMEMBERED_ADDRESSES)

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
    remember(device, addresses) {
      const usable = clean(addresses)
      if (usable.length === 0 || usable.join() === known.get(device)?.join()) return
      known.set(device, usable)
      remembered?.save(device, usable)
    },
    hint: (device, addresses) => hints.set(device, clean(addresses)),
    forget(device) {
      known.delete(device)
      hints.delete(device)
    },
    devices: () => [...new Set([...known.keys(), ...hints.keys()])],
  }
}
