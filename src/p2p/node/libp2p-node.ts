import { identify } from '@libp2p/identify'
import type { ComponentLogger, ConnectionGater, Libp2p, Logger, PrivateKey } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import type { Multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { LanyardError } from '../../shared/errors.ts'
import type { Listener } from '../discovery/interfaces.ts'
import {
  ADDRESS_DIAL_TIMEOUT,
  DIAL_TIMEOUT,
  INBOUND_PER_SECOND,
  MAX_CONNECTIONS,
  MAX_DIAL_ADDRESSES,
  MAX_INBOUND_STREAMS,
  MAX_PENDING_INBOUND,
  MAX_STREAM_WINDOW,
  PARALLEL_DIALS,
  PING_INTERVAL,
  PING_TIMEOUT,
  UPGRADE_TIMEOUT,
} from './constants.ts'

export interface NodeInit {
  /** The device's Ed25519 key `sig`. */
  privateKey: PrivateKey
  /** Listen multiaddrs. */
  listen: readonly string[]
  gater: ConnectionGater
}

export interface StartedNode {
  libp2p: Libp2p
  /** What the listeners are bound to; libp2p's own list leaves out 169.254.0.0/16, all that a LAN without DHCP has. */
  listeners: readonly Listener[]
}

const silent: Logger = Object.assign(() => undefined, {
  enabled: false,
  error: () => undefined,
  trace: () => undefined,
  newScope: () => silent,
})
const silentComponentLogger: ComponentLogger = { forComponent: () => silent }

const toListener = (address: Multiaddr): Listener[] => {
  const [, type, host = '', transport, port] = address.toString().split('/')
  if (transport !== 'tcp' || (type !== 'ip4' && type !== 'ip6')) return []
  return [{ family: type === 'ip4' ? 4 : 6, host, port: Number(port) }]
}

/** TCP, Noise and Yamux with our limits. Throws `port-taken` when not one address can be listened on. */
export const startNode = async ({ privateKey, listen, gater }: NodeInit): Promise<StartedNode> => {
  let boundAddresses = (): Multiaddr[] => []
  const libp2p = await createLibp2p({
    start: false,
    privateKey,
    // whoever identifies us is told no addresses: a stranger has the one that they found, and members have our records
    addresses: { listen: [...listen], announceFilter: () => [] },
    nodeInfo: { name: 'lanyard', version: '1', userAgent: 'lanyard/1' },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [
      yamux({ maxInboundStreams: MAX_INBOUND_STREAMS, streamOptions: { maxStreamWindowSize: MAX_STREAM_WINDOW } }),
    ],
    connectionGater: gater,
    connectionManager: {
      maxConnections: MAX_CONNECTIONS,
      maxParallelDials: PARALLEL_DIALS.present + PARALLEL_DIALS.absent,
      maxPeerAddrsToDial: MAX_DIAL_ADDRESSES,
      addressDialTimeout: ADDRESS_DIAL_TIMEOUT,
      dialTimeout: DIAL_TIMEOUT,
      maxIncomingPendingConnections: MAX_PENDING_INBOUND,
      inboundConnectionThreshold: INBOUND_PER_SECOND,
      inboundUpgradeTimeout: UPGRADE_TIMEOUT,
      reconnectRetries: 0,
    },
    connectionMonitor: { pingInterval: PING_INTERVAL, pingTimeout: PING_TIMEOUT },
    services: {
      // answers, but does not ask by itself: our hello says what we need, and asking is 40 % of what a connection costs
      identify: identify({ runOnConnectionOpen: false }),
      ping: ping(),
      // the transports are the only ones who know the bound ports, and only services get to see them
      bound: (components: { transportManager: { getAddrs(): Multiaddr[] } }) => {
        boundAddresses = () => components.transportManager.getAddrs()
        return {}
      },
    },
    logger: silentComponentLogger,
  })
  try {
    await libp2p.start()
  } catch (cause) {
    await libp2p.stop()
    throw new LanyardError('port-taken', `Cannot listen on ${listen.join(', ')}`, { cause, retryable: true })
  }
  const hosts = listen.map(address => address.split('/')[2] ?? '')
  const isWildcard = { 4: hosts.includes('0.0.0.0'), 6: hosts.includes('::') }
  // libp2p expands a wildcard into the addresses of the moment: keep the wildcard, the interfaces are ours to read
  const bound = boundAddresses()
    .flatMap(toListener)
    .map(listener =>
      isWildcard[listener.family] ? { ...listener, host: listener.family === 4 ? '0.0.0.0' : '::' } : listener,
    )
  const listeners = [...new Map(bound.map(listener => [`${listener.host}|${listener.port}`, listener])).values()]
  return { libp2p, listeners }
}
