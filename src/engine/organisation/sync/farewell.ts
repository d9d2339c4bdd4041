import type { Versions } from '../../../org/index.ts'
import { isLanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import { MAX_ORG_REQUEST_BYTES } from '../../../shared/limits.ts'
import type { Log } from '../../../shared/log.ts'
import type { Membership } from '../list/membership.ts'
import type { AskPeer } from './sync-asking.ts'
import type { SyncFrame } from './sync-frame.ts'

/** Milliseconds that a removed device has to take the list that removes it, before this device hangs up. */
const FAREWELL_TIMEOUT = 2_000

/** Bytes of documents that a device takes without having asked; the rest of the request is for the frame around them. */
const MAX_HANDED_BYTES = MAX_ORG_REQUEST_BYTES - 1_024

export interface FarewellInit {
  membership: Pick<Membership, 'bundle' | 'deltaSince'>
  askPeer: AskPeer
  claimOf(device: DeviceId): Versions | undefined
  connected(): readonly DeviceId[]
  log: Log
}

/** Hands the list to devices that it removes, so that they know, and waits a moment for them. */
export const createFarewell = ({ membership, askPeer, claimOf, connected, log }: FarewellInit) => {
  const newsFor = (device: DeviceId): SyncFrame | undefined => {
    const claim = claimOf(device)
    const delta =
      claim && membership.deltaSince({ rootVersion: claim.root, listVersion: claim.list, listHash: claim.listHash })
    if (delta !== undefined && delta.length <= MAX_HANDED_BYTES) return { kind: 'delta', delta }
    const bundle = membership.bundle()
    return bundle.length <= MAX_HANDED_BYTES ? { kind: 'bundle', bundle } : undefined
  }

  const tell = async (device: DeviceId) => {
    try {
      const news = newsFor(device)
      if (news !== undefined) await askPeer(device, news, ['versions'], FAREWELL_TIMEOUT)
    } catch (error) {
      const what = 'a removed device could not be told'
      if (isLanyardError(error)) log.warn({ device, code: error.code, error: error.message }, what)
      else log.error({ device, error }, what)
    }
  }

  return async (devices: readonly DeviceId[]): Promise<void> => {
    const reachable = connected()
    await Promise.all(devices.filter(device => reachable.includes(device)).map(tell))
  }
}
