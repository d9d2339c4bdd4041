import type { MultiaddrConnection } from '@libp2p/interface'
import { MAX_PENDING_PER_HOST } from './constants.ts'

/** The other side's IP address as libp2p writes it. */
export const remoteHostOf = ({ remoteAddr }: Pick<MultiaddrConnection, 'remoteAddr'>): string =>
  remoteAddr.toString().split('/')[2] ?? ''

type Pending = Pick<MultiaddrConnection, 'remoteAddr' | 'addEventListener'>

export interface PendingConnections {
  /** False when the host has too many already; otherwise it counts until it closes or is removed. */
  add(connection: Pending): boolean
  /** It is encrypted and multiplexed. */
  remove(connection: Pending): void
}

/** Inbound connections that are not finished, by host: libp2p bounds all of them together only. */
export const createPendingConnections = (): PendingConnections => {
  const hosts = new Map<string, Set<Pending>>()
  const remove = (connection: Pending) => {
    const host = remoteHostOf(connection)
    const ofHost = hosts.get(host)
    ofHost?.delete(connection)
    if (ofHost?.size === 0) hosts.delete(host)
  }
  return {
    add(connection) {
      const host = remoteHostOf(connection)
      const ofHost = hosts.get(host) ?? new Set()
      if (ofHost.size >= MAX_PENDING_PER_HOST) return false
      hosts.set(host, ofHost.add(connection))
      connection.addEventListener('close', () => remove(connection))
      return true
    },
    remove,
  }
}
