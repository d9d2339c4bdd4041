import type { ConnectionGater } from '@libp2p/interface'
import type { DeviceId } from '../../shared/ids.ts'
import { isLoopback } from '../multiaddrs.ts'
import type { Offences } from './offences.ts'
import { deviceOf } from './peer-ids.ts'
import { createPendingConnections, remoteHostOf } from './pending-connections.ts'

/**
 * `member`: on the contact list, may open everything. `join-only`: may open the join protocol and nothing else
 * (also how a device that joins sees the administrator's device that its invitation names). `refused`: nothing.
 */
export type Admission = 'member' | 'join-only' | 'refused'

export interface AdmissionInit {
  admit(device: DeviceId): Admission
  offences: Offences
  /** In loopback mode nothing is dialled that is not on this machine. */
  loopbackOnly: boolean
  /** Room for one more connection of the device. */
  hasRoom(device: DeviceId): boolean
  /** Room for one more device that may only join, from this host. */
  hasJoinRoom(host: string): boolean
  onStranger(device: DeviceId, address: string): void
}

/** Asks right after Noise, when the identity is proven, before any stream exists. */
export const createGater = ({
  admit,
  offences,
  loopbackOnly,
  hasRoom,
  hasJoinRoom,
  onStranger,
}: AdmissionInit): ConnectionGater => {
  const isDenied: ConnectionGater['denyInboundEncryptedConnection'] = (peerId, connection) => {
    const device = deviceOf(peerId)
    if (device === undefined) return true
    if (offences.isShutOut(device) || !hasRoom(device)) return true
    const admission = admit(device)
    if (admission === 'member') return false
    if (admission === 'join-only' && hasJoinRoom(remoteHostOf(connection))) return false
    onStranger(device, connection.remoteAddr.toString())
    return true
  }
  const pending = createPendingConnections()
  return {
    // in loopback mode all have the same address
    denyInboundConnection: connection => !loopbackOnly && !pending.add(connection),
    denyInboundUpgradedConnection(_peer, connection) {
      pending.remove(connection)
      return false
    },
    denyInboundEncryptedConnection: isDenied,
    denyOutboundEncryptedConnection: isDenied,
    denyDialMultiaddr: address => loopbackOnly && !isLoopback(address.toString()),
  }
}
