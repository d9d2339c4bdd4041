import { setImmediate as nextTurn } from 'node:timers/promises'
import { LanyardError } from '../shared/errors.ts'
import type { DeviceId } from '../shared/ids.ts'
import { type Connecting, createConnecting } from './connecting.ts'
import type { LanDiscovery } from './discovery/lan-discovery.ts'
import type { Emitter } from './events.ts'
import { startListening } from './listening.ts'
import type { NetworkEvents, NetworkInit } from './network-face.ts'
import { createAddressBook } from './node/address-book.ts'
import { createGater } from './node/admission.ts'
import { MAX_JOIN_CONNECTIONS, MAX_JOIN_CONNECTIONS_PER_HOST, MAX_REMEMBERED_ADDRESSES } from './node/constants.ts'
import { keyFromSeed } from './node/identity-key.ts'
import type { Offences } from './node/offences.ts'
import { deviceOfKey } from './node/peer-ids.ts'
import { createRequests, type Requests } from './node/requests.ts'
import { createSessions, type Sessions } from './node/sessions.ts'
import { createSearch, type Search } from './search.ts'

export interface RunningNetwork extends Pick<Search, 'begin' | 'refresh' | 'admissionChanged'> {
  sessions: Sessions
  requests: Requests
  /** Undefined when discovery is off. */
  discovery: LanDiscovery | undefined
  stop(): Promise<void>
  revoke(device: DeviceId): void
  offend(device: DeviceId, what: string): void
  addresses(): string[]
  dial: Connecting['dial']
}

interface Surroundings {
  emitter: Emitter<NetworkEvents>
  offences: Offences
  updateStatus(): void
}

/** Milliseconds for durations: a clock that is set must not end sessions. */
const monotonic = () => performance.now()

/** One run of the network, from start to stop: composes the node, sessions, requests and the search for people. */
export const startRunning = async (init: NetworkInit, around: Surroundings): Promise<RunningNetwork> => {
  const { log, now = Date.now, random = Math.random } = init
  const { emitter, offences, updateStatus } = around
  const loopbackOnly = init.discovery === 'loopback'
  const loopback = loopbackOnly ? 'only' : init.discovery === 'lan' ? 'never' : 'too'
  const parts: { sessions?: Sessions; search?: Search } = {}

  const privateKey = keyFromSeed(init.identitySeed)
  const self = deviceOfKey(privateKey.publicKey)
  if (self === undefined) throw new LanyardError('internal', 'The own key is no Ed25519 key')

  const gater = createGater({
    // a seed address may turn out to be our own
    admit: device => (device === self ? 'refused' : init.admit(device)),
    offences,
    loopbackOnly,
    hasRoom: device => parts.sessions?.hasRoom(device) ?? true,
    hasJoinRoom(host) {
      const hosts = parts.sessions?.joinHosts() ?? []
      const ofHost = hosts.filter(other => other === host).length
      return hosts.length < MAX_JOIN_CONNECTIONS && (loopbackOnly || ofHost < MAX_JOIN_CONNECTIONS_PER_HOST)
    },
    onStranger(device, address) {
      if (device !== self) emitter.emit('stranger', { device, address })
    },
  })
  const { libp2p, listeners } = await startListening(init, privateKey, gater)

  const book = createAddressBook({
    remembered: init.rememberedAddresses,
    heard: device => parts.search?.discovery?.addresses(device) ?? [],
    loopback,
  })
  await book.load()

  const ownAddresses = () => parts.search?.ownAddresses() ?? []
  const sessions = createSessions({
    libp2p,
    self,
    admit: init.admit,
    offences,
    now: monotonic,
    log,
    ownHello: device => ({ addresses: ownAddresses().slice(0, MAX_REMEMBERED_ADDRESSES), payload: init.hello(device) }),
    onConnected(device, hello, direction) {
      book.remember(device, hello.addresses)
      parts.search?.onConnected(device, direction)
      log.info({ device, direction }, 'device connected')
      updateStatus()
      emitter.emit('device-connected', { device, hello: hello.payload, direction })
    },
    onDisconnected(device, host) {
      log.info({ device }, 'device disconnected')
      parts.search?.onDisconnected(device, host)
      updateStatus()
      emitter.emit('device-disconnected', { device })
    },
    onJoinConnection(device, direction) {
      parts.search?.onJoinConnection(device)
      emitter.emit('join-connection', { device, direction })
    },
    onFrame: (device, bytes, waitUntil) => emitter.emit('frame', { device, bytes, waitUntil }),
    onDrain: device => emitter.emit('drain', { device }),
  })
  parts.sessions = sessions

  const connecting = createConnecting({ libp2p, book, sessions, admit: init.admit, emitter })
  const search = createSearch({
    ...init,
    loopback,
    libp2p,
    privateKey,
    self,
    listeners,
    book,
    sessions,
    connecting,
    emitter,
    onLinksChanged: updateStatus,
    now,
    monotonic,
    random,
  })
  parts.search = search

  const requests = createRequests({
    libp2p,
    admit: init.admit,
    offend: sessions.offend,
    connectionTo: connecting.connect,
    log,
  })

  await sessions.start()
  await search.start()

  return {
    sessions,
    requests,
    discovery: search.discovery,
    begin: search.begin,
    async stop() {
      requests.stop()
      await search.stop()
      sessions.stop()
      await nextTurn() // connections drop in a microtask; libp2p would wait for the other side's consent
      await libp2p.stop()
    },
    refresh: search.refresh,
    admissionChanged() {
      search.admissionChanged()
      sessions.reconsider()
    },
    revoke(device) {
      search.forget(device)
      sessions.hangUp(device, 'revoked')
    },
    offend(device, what) {
      sessions.offend(device, what)
      sessions.hangUp(device, what)
    },
    addresses: ownAddresses,
    dial: connecting.dial,
  }
}
