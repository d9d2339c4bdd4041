import type { Connection, Libp2p } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { LanyardError } from '../shared/errors.ts'
import type { DeviceId } from '../shared/ids.ts'
import type { Emitter } from './events.ts'
import { withoutPeer } from './multiaddrs.ts'
import type { NetworkEvents } from './network-face.ts'
import type { AddressBook } from './node/address-book.ts'
import type { Admission } from './node/admission.ts'
import { ADDRESS_DIAL_TIMEOUT, DIAL_TIMEOUT } from './node/constants.ts'
import { deviceOf, peerIdOf } from './node/peer-ids.ts'
import type { SeedAnswer } from './node/seeds.ts'
import type { Sessions } from './node/sessions.ts'
import { untilReachable } from './node/until-reachable.ts'

export interface ConnectingInit {
  libp2p: Libp2p
  book: AddressBook
  sessions: Sessions
  admit(device: DeviceId): Admission
  emitter: Emitter<NetworkEvents>
}

export interface Connecting {
  /** An open connection, dialled if there is none; its session may still fail. */
  connect(device: DeviceId, signal: AbortSignal | undefined): Promise<Connection>
  /** A session with a member, or a connection to a device with which only joining is possible. */
  isReachable(device: DeviceId): boolean
  /** On a person's wish. Throws LanyardError `network-failed` or `cancelled`. */
  dial(device: DeviceId, addresses: readonly string[], signal: AbortSignal | undefined): Promise<void>
  /** Dials an address, with or without `/p2p/<PeerId>`, and tells who answered. */
  dialSeed(address: string, signal: AbortSignal): Promise<SeedAnswer>
}

/** How a connection to a device, or to whoever is at an address, is made. */
export const createConnecting = ({ libp2p, book, sessions, admit, emitter }: ConnectingInit): Connecting => {
  const connect: Connecting['connect'] = async (device, signal) => {
    const peer = peerIdOf(device)
    const all = libp2p.getConnections(peer).filter(({ status }) => status === 'open')
    const open = sessions.connection(device) ?? all[0]
    if (open !== undefined) return open
    const addresses = book.candidates(device)
    if (addresses.length === 0)
      throw new LanyardError('network-failed', 'No address of the device is known', { retryable: true })
    const limit = AbortSignal.timeout(DIAL_TIMEOUT)
    return await libp2p.dial(
      addresses.map(address => multiaddr(`${address}/p2p/${peer.toString()}`)),
      { signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) },
    )
  }
  const isReachable = (device: DeviceId) =>
    sessions.isConnected(device) ||
    (admit(device) === 'join-only' && libp2p.getConnections(peerIdOf(device)).length > 0)

  return {
    connect,
    isReachable,
    async dial(device, addresses, signal) {
      if (isReachable(device)) return
      book.hint(device, addresses)
      const onConnected = (listener: () => void) =>
        emitter.on('device-connected', event => {
          if (event.device === device) listener()
        })
      try {
        const connection = await connect(device, signal)
        await untilReachable({
          connection,
          signal,
          isReachable: () => isReachable(device),
          hasOther: () => libp2p.getConnections(connection.remotePeer).some(({ status }) => status === 'open'),
          onConnected,
        })
      } catch (cause) {
        if (signal?.aborted === true) throw new LanyardError('cancelled', 'The dial was cancelled', { cause })
        throw new LanyardError('network-failed', 'The device could not be reached', { cause, retryable: true })
      }
    },
    async dialSeed(address, signal) {
      let stranger: DeviceId | undefined
      const stopListening = emitter.on('stranger', event => {
        if (withoutPeer(event.address) === withoutPeer(address)) stranger = event.device
      })
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(ADDRESS_DIAL_TIMEOUT)])
        const { remotePeer } = await libp2p.dial(multiaddr(address), { signal: limit })
        const device = deviceOf(remotePeer)
        if (device === undefined) throw new LanyardError('network-failed', 'Not a device')
        return { device, isAdmitted: admit(device) === 'member' }
      } catch (error) {
        if (stranger === undefined) throw error
        return { device: stranger, isAdmitted: false }
      } finally {
        stopListening()
      }
    },
  }
}
