import { createPrivateKey, createPublicKey } from 'node:crypto'
import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import type { ComponentLogger, ConnectionGater, Libp2p, Logger } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import type { Multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { concatBytes } from '../../crypto/index.ts'
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
  /** 32-byte Ed25519 seed. */
  identitySeed: Uint8Array
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

/** What stands before the seed in the PKCS #8 form of an Ed25519 key (RFC 8410 section 7). */
const PKCS8_PREFIX = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
])
const ED25519_BYTES = 32

/** libp2p's own derivation builds tables in JavaScript for 100 ms; the start of the engine has 300. */
const keyFromSeed = (seed: Uint8Array) => {
  const key = createPrivateKey({ key: Buffer.from(concatBytes(PKCS8_PREFIX, seed)), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return privateKeyFromRaw(concatBytes(seed, spki.subarray(-ED25519_BYTES)))
}

/** TCP, Noise and Yamux with our limits. Throws `port-taken` when not one address can be listened on. */
export const startNode = async ({ identitySeed, listen, gater }: NodeInit): Promise<StartedNode> => {
  let boundAddresses = (): Multiaddr[] => []
  const libp2p = await createLibp2p({
    start: false,
    privateKey: keyFromSeed(identitySeed),
    addresses: { listen: [...listen] },
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
