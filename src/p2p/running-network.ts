import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { LanyardError } from '../shared/errors.ts'
import type { DeviceId } from '../shared/ids.ts'
import { LOOPBACK_PORT, MDNS_PORT } from './discovery/constants.ts'
import { createLanDiscovery, type LanDiscovery } from './discovery/lan-discovery.ts'
import type { Emitter } from './events.ts'
import type { NetworkEvents, NetworkInit } from './network-face.ts'
import { createAddressBook } from './node/address-book.ts'
import { createGater } from './node/admission.ts'
import {
  DIAL_TIMEOUT,
  MAX_JOIN_CONNECTIONS,
  MAX_JOIN_CONNECTIONS_PER_HOST,
  MAX_REMEMBERED_ADDRESSES,
} from './node/constants.ts'
import { createDialer, type Dialer } from './node/dialer.ts'
import { startNode } from './node/libp2p-node.ts'
import type { Offences } from './node/offences.ts'
import { deviceOf, deviceOfPeerText, peerIdOf } from './node/peer-ids.ts'
import { createRequests, type Requests } from './node/requests.ts'
import { createSessions, type Sessions } from './node/sessions.ts'
import { untilReachable } from './node/until-reachable.ts'

export interface RunningNetwork {
  sessions: Sessions
  requests: Requests
  /** Undefined when discovery is off. */
  discovery: LanDiscovery | undefined
  /** Everything is registered: look for people. */
  begin(): void
  stop(): Promise<void>
  refresh(): void
  admissionChanged(): void
  revoke(device: DeviceId): void
  offend(device: DeviceId, what: string): void
  addresses(): string[]
  dial(device: DeviceId, addresses: readonly string[], signal: AbortSignal | undefined): Promise<void>
}

interface Surroundings {
  emitter: Emitter<NetworkEvents>
  offences: Offences
  updateStatus(): void
}

const listenAddresses = ({ discovery, listen = {} }: NetworkInit, port: number) =>
  (listen.hosts ?? (discovery === 'loopback' ? ['127.0.0.1'] : ['0.0.0.0', '::'])).map(
    host => `/ip${host.includes(':') ? 6 : 4}/${host}/tcp/${port}`,
  )

const startNodeSomewhere = async (init: NetworkInit, gater: ReturnType<typeof createGater>) => {
  const fixed = init.listen?.port
  const port = fixed ?? init.rememberedPort?.load() ?? 0
  const start = (at: number) => startNode({ identitySeed: init.identitySeed, listen: listenAddresses(init, at), gater })
  const node = await start(port).catch(async (error: unknown) => {
    if (port === 0) throw error
    init.log.warn({ port }, 'the port is taken, another one is used')
    return await start(0)
  })
  // families may have got different ones at first; the next start takes this one for both
  const bound = node.listeners[0]?.port
  if (fixed === undefined && bound !== undefined && bound !== port) init.rememberedPort?.save(bound)
  return node
}

/** Milliseconds for durations: a clock that is set must not end sessions. */
const monotonic = () => performance.now()

/** One run of the network, from start to stop: composes node, discovery, sessions and redial. */
export const startRunning = async (init: NetworkInit, around: Surroundings): Promise<RunningNetwork> => {
  const { log, now = Date.now, random = Math.random } = init
  const { emitter, offences, updateStatus } = around
  const loopbackOnly = init.discovery === 'loopback'
  const members = { set: new Set(init.memberDevices()) }
  const parts: { sessions?: Sessions; dialer?: Dialer; discovery?: LanDiscovery } = {}

  const gater = createGater({
    admit: init.admit,
    offences,
    loopbackOnly,
    hasRoom: device => parts.sessions?.hasRoom(device) ?? true,
    hasJoinRoom(host) {
      const hosts = parts.sessions?.joinHosts() ?? []
      const ofHost = hosts.filter(other => other === host).length
      return hosts.length < MAX_JOIN_CONNECTIONS && (loopbackOnly || ofHost < MAX_JOIN_CONNECTIONS_PER_HOST)
    },
    onStranger: (device, address) => emitter.emit('stranger', { device, address }),
  })
  const { libp2p, listeners } = await startNodeSomewhere(init, gater)
  const self = deviceOf(libp2p.peerId)
  if (self === undefined) throw new LanyardError('internal', 'The own key is no Ed25519 key')

  const book = createAddressBook({
    remembered: init.rememberedAddresses,
    heard: device => parts.discovery?.addresses(device) ?? [],
    loopback: loopbackOnly ? 'only' : init.discovery === 'lan' ? 'never' : 'too',
  })
  await book.load()

  const ownAddresses = () => parts.discovery?.ownAddresses() ?? fixedAddresses()
  const fixedAddresses = () =>
    listeners
      .filter(({ host }) => host !== '0.0.0.0' && host !== '::')
      .map(({ family, host, port }) => `/ip${family}/${host}/tcp/${port}`)

  const sessions = createSessions({
    libp2p,
    self,
    admit: init.admit,
    offences,
    now: monotonic,
    log,
    ownHello: device => ({ addresses: ownAddresses().slice(0, MAX_REMEMBERED_ADDRESSES), payload: init.hello(device) }),
    onConnected(device, hello, direction) {
      parts.dialer?.connected(device)
      book.remember(device, hello.addresses)
      log.info({ device, direction }, 'device connected')
      updateStatus()
      emitter.emit('device-connected', { device, hello: hello.payload, direction })
    },
    onDisconnected(device) {
      log.info({ device }, 'device disconnected')
      if (members.set.has(device)) parts.dialer?.lost(device)
      updateStatus()
      emitter.emit('device-disconnected', { device })
    },
    onJoinConnection: (device, direction) => {
      if (members.set.has(device)) parts.dialer?.connected(device)
      emitter.emit('join-connection', { device, direction })
    },
    onFrame: (device, bytes, waitUntil) => emitter.emit('frame', { device, bytes, waitUntil }),
    onDrain: device => emitter.emit('drain', { device }),
  })
  parts.sessions = sessions

  const connect = async (device: DeviceId, signal: AbortSignal | undefined): Promise<Connection> => {
    const all = libp2p.getConnections(peerIdOf(device)).filter(({ status }) => status === 'open')
    const open = sessions.connection(device) ?? all[0]
    if (open !== undefined) return open
    const addresses = book.candidates(device)
    if (addresses.length === 0)
      throw new LanyardError('network-failed', 'No address of the device is known', { retryable: true })
    const limit = AbortSignal.timeout(DIAL_TIMEOUT)
    const peer = peerIdOf(device)
    return await libp2p.dial(
      addresses.map(address => multiaddr(`${address}/p2p/${peer.toString()}`)),
      { signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) },
    )
  }
  const isReachable = (device: DeviceId) =>
    sessions.isConnected(device) ||
    (init.admit(device) === 'join-only' && libp2p.getConnections(peerIdOf(device)).length > 0)

  const dialer = createDialer({
    self,
    now: monotonic,
    random,
    connect: async (device, signal) => void (await connect(device, signal)),
    hasAddress: device => book.candidates(device).length > 0,
    isPresent: device => parts.discovery?.has(device) ?? false,
    isConnected: isReachable,
    isWanted: device => members.set.has(device),
  })
  parts.dialer = dialer

  const requests = createRequests({
    libp2p,
    admit: init.admit,
    offend: sessions.offend,
    connectionTo: connect,
    log,
  })

  const round = () => dialer.round(book.devices().filter(device => members.set.has(device)))

  const discovery =
    init.discovery === 'off'
      ? undefined
      : createLanDiscovery({
          peer: libp2p.peerId.toString(),
          port: init.discoveryPort ?? (loopbackOnly ? LOOPBACK_PORT : MDNS_PORT),
          loopbackOnly,
          wanted: peer => {
            const device = deviceOfPeerText(peer)
            return device !== undefined && device !== self && members.set.has(device) ? device : undefined
          },
          listeners,
          log,
          now,
          random,
          onHeard(device, news) {
            dialer.heard(device, news)
            if (news === 'new') emitter.emit('device-found', { device })
          },
          onGone: device => emitter.emit('device-gone', { device }),
          onLinksChanged({ hasNewLink }) {
            updateStatus()
            if (hasNewLink) round()
          },
          onWake: round,
        })
  if (discovery !== undefined) parts.discovery = discovery

  await sessions.start()

  return {
    sessions,
    requests,
    discovery,
    begin() {
      discovery?.start()
      round()
    },
    async stop() {
      dialer.stop()
      requests.stop()
      await discovery?.stop()
      sessions.stop()
      await nextTurn() // connections drop in a microtask; libp2p would wait for the other side's consent
      await libp2p.stop()
    },
    refresh() {
      discovery?.refresh()
      round()
    },
    admissionChanged() {
      const before = members.set
      members.set = new Set(init.memberDevices())
      for (const device of before) if (!members.set.has(device)) dialer.forget(device)
      sessions.reconsider()
      const added = [...members.set].filter(device => !before.has(device))
      if (added.length === 0) return
      discovery?.lookAgain()
      dialer.round(book.devices().filter(device => added.includes(device)))
    },
    revoke(device) {
      members.set.delete(device)
      dialer.forget(device)
      book.forget(device)
      sessions.hangUp(device, 'revoked')
    },
    offend(device, what) {
      sessions.offend(device, what)
      sessions.hangUp(device, what)
    },
    addresses: ownAddresses,
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
  }
}
