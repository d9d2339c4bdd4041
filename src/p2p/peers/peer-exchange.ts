import type { Connection, Libp2p, PrivateKey } from '@libp2p/interface'
import type { DeviceId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { createPaces } from '../node/paces.ts'
import {
  DIALLER_BEGINS,
  LAN_EXCHANGES,
  LISTENER_BEGINS,
  MANY_CONNECTIONS,
  NEWS_BURST,
  NEWS_PER_SECOND,
  RECENT_RECORD,
  RECONCILIATION_INTERVAL,
} from './constants.ts'
import { createKnownRecords } from './known-records.ts'
import { createNews } from './news.ts'
import { createOwnRecord } from './own-record.ts'
import { MalformedRecordError, type PeerRecord, readPeerRecord } from './peer-record.ts'
import { createPeersStreams } from './peers-streams.ts'

export interface PeerExchangeInit {
  libp2p: Libp2p
  privateKey: PrivateKey
  self: DeviceId
  isMember(device: DeviceId): boolean
  /** Devices with a session, and its connection. */
  connected(): DeviceId[]
  connection(device: DeviceId): Connection | undefined
  /** Heard by multicast: it hears the others as well as we do. */
  isOnLan(device: DeviceId): boolean
  offend(device: DeviceId, what: string): void
  /** Multiaddrs where this device listens, as far as colleagues may be told. */
  ownAddresses(): readonly string[]
  /** A member's device has said where it listens; `isRecent`: just now, so it is there. */
  onAddresses(device: DeviceId, addresses: readonly string[], isRecent: boolean): void
  /** Wall clock in milliseconds, and a clock that is never set. */
  now(): number
  monotonic(): number
  /** Uniform in [0, 1). */
  random(): number
  log: Log
}

export interface PeerExchange {
  start(): Promise<void>
  stop(): void
  onConnected(device: DeviceId, direction: 'inbound' | 'outbound'): void
  onDisconnected(device: DeviceId): void
  ownAddressesChanged(): void
  admissionChanged(): void
}

/**
 * Members tell each other where other members listen: so devices find each other beyond the links that multicast reaches.
 * Each record is signed by the device that it speaks of; who passes it on can withhold it, and nothing else.
 */
export const createPeerExchange = (init: PeerExchangeInit): PeerExchange => {
  const { self, isMember, connected, connection, offend, now, monotonic, random, log } = init
  const beginnings = new Map<DeviceId, NodeJS.Timeout>()
  /** Neighbours with whom an exchange by itself was planned since they connected. */
  const neighbours = new Set<DeviceId>()
  const paces = createPaces({ now: monotonic, burst: NEWS_BURST, perSecond: NEWS_PER_SECOND })
  let reconciliation: NodeJS.Timeout | undefined

  const known = createKnownRecords({ self, isMember, now })
  const news = createNews({
    connected,
    tell: (device, records) => void streams.tell(device, records),
    random,
  })
  const own = createOwnRecord({
    privateKey: init.privateKey,
    self,
    addresses: init.ownAddresses,
    now,
    onSealed: record => keep(record, undefined),
  })

  const keep = (record: PeerRecord, source: DeviceId | undefined) => {
    known.put(record)
    news.add(record, source)
  }
  /** True when it was taken over. The cheap questions come first: a signature costs more than all of them. */
  const takeOne = async (bytes: Uint8Array, from: DeviceId, seen: Set<DeviceId>): Promise<boolean> => {
    const record = readPeerRecord(bytes)
    const { device, seq, addresses } = record
    if (seen.has(device)) throw new MalformedRecordError('Two records of one device in one frame')
    seen.add(device)
    news.isKnownTo(from, new Map([[device, seq]]))
    if (!known.isNews(record)) return false
    if (!(await record.isSignedByItsDevice())) throw new MalformedRecordError('A record that its device has not signed')
    if (device === self) {
      // paced: a copy of this profile elsewhere would otherwise have us outdo each other for ever
      if (paces.tryTake(self)) await own.outdo(seq)
      return false
    }
    if (!known.isNews(record) || !paces.tryTake(device)) return false
    keep({ device, seq, addresses, bytes: record.bytes }, from)
    init.onAddresses(device, addresses, now() - seq < RECENT_RECORD)
    return true
  }

  const streams = createPeersStreams({
    libp2p: init.libp2p,
    connection,
    isMember,
    offend,
    now: monotonic,
    log,
    holdings: known.holdings,
    compare(device, theirs) {
      stopWaiting(device) // it has begun
      news.isKnownTo(device, theirs)
      return known.compare(theirs)
    },
    recordsOf: devices => devices.map(known.get).filter(record => record !== undefined),
    async take(records, from) {
      const seen = new Set<DeviceId>()
      let taken = 0
      for (const bytes of records) if (await takeOne(bytes, from, seen)) taken += 1
      return taken
    },
  })

  const stopWaiting = (device: DeviceId) => {
    clearTimeout(beginnings.get(device))
    beginnings.delete(device)
  }
  const between = ({ min, max }: { min: number; max: number }) => min + random() * (max - min)
  const refreshOwn = () =>
    void own.refresh().catch((error: unknown) => log.error({ error }, 'the own peer record cannot be signed'))
  const reconcile = () => {
    known.sweep()
    refreshOwn()
    const all = connected()
    const one = all[Math.floor(random() * all.length)]
    if (one !== undefined) void streams.exchange(one)
    reconciliation = setTimeout(reconcile, RECONCILIATION_INTERVAL * (0.8 + random() * 0.4))
  }

  return {
    async start() {
      await streams.start()
      refreshOwn()
      reconciliation = setTimeout(reconcile, RECONCILIATION_INTERVAL * random())
    },
    stop() {
      clearTimeout(reconciliation)
      for (const device of [...beginnings.keys()]) stopWaiting(device)
      news.stop()
      streams.stop()
    },
    onConnected(device, direction) {
      stopWaiting(device)
      if (connected().length > MANY_CONNECTIONS) return
      if (init.isOnLan(device)) {
        if (neighbours.size >= LAN_EXCHANGES) return
        neighbours.add(device)
      }
      const begin = () => {
        beginnings.delete(device)
        void streams.exchange(device)
      }
      const delay = between(direction === 'outbound' ? DIALLER_BEGINS : LISTENER_BEGINS)
      beginnings.set(device, setTimeout(begin, delay))
    },
    onDisconnected(device) {
      stopWaiting(device)
      neighbours.delete(device)
    },
    ownAddressesChanged: refreshOwn,
    admissionChanged: known.sweep,
  }
}
