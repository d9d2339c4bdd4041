import type { Libp2p, PrivateKey } from '@libp2p/interface'
import type { DeviceId } from '../shared/ids.ts'
import type { Connecting } from './connecting.ts'
import { LOOPBACK_PORT, MDNS_PORT } from './discovery/constants.ts'
import type { Listener } from './discovery/interfaces.ts'
import { createLanDiscovery, type LanDiscovery } from './discovery/lan-discovery.ts'
import type { Emitter } from './events.ts'
import { fixedAddresses } from './listening.ts'
import { hostOf, isUsable, type LoopbackRule, withoutPeer } from './multiaddrs.ts'
import type { NetworkEvents, NetworkInit } from './network-face.ts'
import type { AddressBook } from './node/address-book.ts'
import { KNOCK_TIMEOUT, MAX_KNOCK_ADDRESSES } from './node/constants.ts'
import { createDialer } from './node/dialer.ts'
import { knock } from './node/knock.ts'
import { deviceOfPeerText } from './node/peer-ids.ts'
import { remoteHostOf } from './node/pending-connections.ts'
import { createReunion } from './node/reunion.ts'
import { createSeeds } from './node/seeds.ts'
import type { Direction } from './node/session-table.ts'
import type { Sessions } from './node/sessions.ts'
import { createPeerExchange } from './peers/peer-exchange.ts'

export interface SearchInit
  extends Pick<NetworkInit, 'discoveryPort' | 'memberDevices' | 'hearsStrangers' | 'seedAddresses' | 'log'> {
  discovery: NetworkInit['discovery']
  loopback: LoopbackRule
  libp2p: Libp2p
  privateKey: PrivateKey
  self: DeviceId
  listeners: readonly Listener[]
  book: AddressBook
  sessions: Sessions
  connecting: Connecting
  emitter: Emitter<NetworkEvents>
  onLinksChanged(): void
  /** Wall clock, and a clock that is never set; milliseconds. */
  now(): number
  monotonic(): number
  random(): number
}

export interface Search {
  /** Undefined when discovery is off. */
  readonly discovery: LanDiscovery | undefined
  /** Registers what others may ask. */
  start(): Promise<void>
  /** Looks for people from here on. */
  begin(): void
  stop(): Promise<void>
  refresh(): void
  admissionChanged(): void
  forget(device: DeviceId): void
  isWanted(device: DeviceId): boolean
  onConnected(device: DeviceId, direction: Direction): void
  /** `host`: the IP address from or at which the device was connected. */
  onDisconnected(device: DeviceId, host: string): void
  /** Only joining is possible with it. */
  onJoinConnection(device: DeviceId): void
  ownAddresses(): string[]
}

/** Everything that finds the members' devices: multicast, what colleagues tell, seeds, and knocking after a loss. */
export const createSearch = (init: SearchInit): Search => {
  const { self, book, sessions, connecting, emitter, now, monotonic, random, log } = init
  let members = new Set(init.memberDevices())
  const isWanted = (device: DeviceId) => members.has(device)
  const ownAddresses = () => discovery?.ownAddresses() ?? fixedAddresses(init.listeners)

  const dialer = createDialer({
    self,
    now: monotonic,
    random,
    connect: async (device, signal) => void (await connecting.connect(device, signal)),
    hasAddress: device => book.candidates(device).length > 0,
    isPresent: device => discovery?.has(device) ?? false,
    isConnected: connecting.isReachable,
    isWanted,
  })
  const reunion = createReunion({
    now: monotonic,
    isConnected: connecting.isReachable,
    addresses: (device, host) =>
      book
        .candidates(device)
        .filter(address => hostOf(address) === host)
        .slice(0, MAX_KNOCK_ADDRESSES),
    knock: address => knock(address, KNOCK_TIMEOUT),
    onAnswer: dialer.answered,
  })
  const seeds = createSeeds({
    now: monotonic,
    random,
    addresses: init.seedAddresses ?? (() => []),
    connectedAt: address =>
      sessions.connected().find(device => {
        const connection = sessions.connection(device)
        const isHere = connection !== undefined && remoteHostOf(connection) === hostOf(address)
        return isHere && book.candidates(device).includes(withoutPeer(address))
      }),
    isSenseless: address =>
      !isUsable(withoutPeer(address), init.loopback) || ownAddresses().includes(withoutPeer(address)),
    isAdmitted: isWanted,
    isConnected: sessions.isConnected,
    connected: () => sessions.connected().length,
    dial: connecting.dialSeed,
  })
  const peers = createPeerExchange({
    libp2p: init.libp2p,
    privateKey: init.privateKey,
    self,
    isMember: isWanted,
    connected: sessions.connected,
    connection: sessions.connection,
    isOnLan: device => discovery?.has(device) ?? false,
    offend: sessions.offend,
    ownAddresses: () => ownAddresses().filter(address => isUsable(address, init.loopback)),
    onAddresses(device, addresses, isRecent) {
      book.learn(device, addresses)
      dialer.told(device, isRecent)
    },
    now,
    monotonic,
    random,
    log,
  })
  const round = () => {
    dialer.round(book.devices().filter(isWanted))
    seeds.round()
  }
  const discovery =
    init.discovery === 'off'
      ? undefined
      : createLanDiscovery({
          peer: init.libp2p.peerId.toString(),
          port: init.discoveryPort ?? (init.discovery === 'loopback' ? LOOPBACK_PORT : MDNS_PORT),
          loopbackOnly: init.discovery === 'loopback',
          wanted(peer) {
            const device = deviceOfPeerText(peer)
            if (device === undefined || device === self) return undefined
            return isWanted(device) || init.hearsStrangers?.() === true ? device : undefined
          },
          listeners: init.listeners,
          log,
          now,
          random,
          onHeard(device, news) {
            if (isWanted(device)) dialer.heard(device, news)
            if (news === 'new') emitter.emit('device-found', { device })
          },
          onGone: device => emitter.emit('device-gone', { device }),
          onLinksChanged({ hasNewLink }) {
            init.onLinksChanged()
            peers.ownAddressesChanged()
            if (hasNewLink) round()
          },
          onWake: round,
        })

  return {
    discovery,
    start: peers.start,
    begin() {
      discovery?.start()
      seeds.start()
      round()
    },
    async stop() {
      dialer.stop()
      reunion.stop()
      seeds.stop()
      peers.stop()
      await discovery?.stop()
    },
    refresh() {
      discovery?.refresh()
      round()
    },
    admissionChanged() {
      const before = members
      members = new Set(init.memberDevices())
      for (const device of before) if (!isWanted(device)) dialer.forget(device)
      peers.admissionChanged()
      seeds.admissionChanged()
      const added = [...members].filter(device => !before.has(device))
      if (added.length === 0) return
      discovery?.lookAgain()
      dialer.round(book.devices().filter(device => added.includes(device)))
    },
    forget(device) {
      members.delete(device)
      dialer.forget(device)
      reunion.forget(device)
      book.forget(device)
      peers.admissionChanged()
    },
    isWanted,
    onConnected(device, direction) {
      dialer.connected(device)
      peers.onConnected(device, direction)
    },
    onDisconnected(device, host) {
      peers.onDisconnected(device)
      if (!isWanted(device)) return
      dialer.lost(device)
      reunion.lost(device, host)
    },
    onJoinConnection(device) {
      if (isWanted(device)) dialer.connected(device)
    },
    ownAddresses,
  }
}
