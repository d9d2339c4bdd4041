import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import type { DeviceId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { isUsable } from '../multiaddrs.ts'
import { SCAN_INTERVAL } from './constants.ts'
import { type Interfaces, type Listener, usableLinks } from './interfaces.ts'
import { createLink, type Link, type LinkContext } from './link.ts'
import { createNapWatch } from './nap-watch.ts'
import { createPeerTable, type Hearing } from './peer-table.ts'
import type { Random } from './schedule.ts'

export interface LanDiscoveryInit {
  /** Own libp2p peer id. */
  peer: string
  /** UDP port. */
  port: number
  /** Only this machine: 127.0.0.1, no packet on any NIC. */
  loopbackOnly: boolean
  /** Reads a peer id; undefined when it is none, is our own or is nobody whom we look for. */
  wanted(peer: string): DeviceId | undefined
  listeners: readonly Listener[]
  log: Log
  /** Wall clock in milliseconds: it counts the sleep of the machine. */
  now?: () => number
  /** Milliseconds of a clock that does not count sleep (where the system has one). */
  awake?: () => number
  random?: Random
  interfaces?: () => Interfaces
  /** `known`: nothing new, but a sign of life. */
  onHeard(device: DeviceId, news: Exclude<Hearing, 'full'>): void
  /** Goodbye, every record outlived, or the last interface to it went away. */
  onGone(device: DeviceId): void
  /** Interfaces, own addresses or deafness changed. */
  onLinksChanged(change: { hasNewLink: boolean }): void
  /** The machine slept. */
  onWake(): void
}

export interface LanDiscovery {
  start(): void
  /** Says goodbye on every link. */
  stop(): Promise<void>
  /** New sockets, quick queries, and every neighbour counts as new: after sleep and on request. */
  refresh(): void
  /** Somebody became interesting: ask the links again. */
  lookAgain(): void
  /** Multiaddrs without the peer id, those heard last first. */
  addresses(device: DeviceId): string[]
  has(device: DeviceId): boolean
  /** Names of the interfaces in use, and of those where nothing is heard, not even ourselves. */
  interfaceNames(): string[]
  deafInterfaces(): string[]
  /** Own dialable multiaddrs on all links. */
  ownAddresses(): string[]
}

/**
 * LAN discovery without a server, the internet or a default route: multicast DNS on every usable interface. The traffic
 * of a link stays linear in the number of hosts, because each host spaces its packets by the peers that it knows.
 * Nothing here is authenticated: an address is where to try, the Noise handshake says who is there.
 */
export const createLanDiscovery = (init: LanDiscoveryInit): LanDiscovery => {
  const {
    log,
    now = Date.now,
    awake = () => performance.now(),
    random = Math.random,
    interfaces = networkInterfaces,
  } = init
  const table = createPeerTable()
  const links = new Map<string, Link>()
  let timer: NodeJS.Timeout | undefined
  let isRunning = false
  const naps = createNapWatch(now, awake)
  let dueAt = 0
  let nextScan = 0
  let lastSeen = ''
  let malformed = 0
  let scannedKeys = new Set<string>()

  const arm = (at: number) => {
    if (!isRunning) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(tick, Math.max(0, at - now()))
  }

  const context: LinkContext = {
    port: init.port,
    instance: randomBytes(16).toString('hex'),
    peer: init.peer,
    table,
    listeners: init.listeners,
    now,
    random,
    log,
    onResponse(link, packet, source) {
      if (packet.kind === 'goodbye') {
        const device = table.forget(link.spec.key, packet.instance)
        if (device !== undefined) init.onGone(device)
        return
      }
      const device = init.wanted(packet.peer)
      const addresses = packet.addresses.filter(address => isUsable(address, init.loopbackOnly ? 'only' : 'never'))
      if (device === undefined || addresses.length === 0) return
      const { instance, ttl } = packet
      const hearing = table.hear(link.spec.key, { device, instance, ttl, addresses, source }, now())
      if (hearing === 'full') return
      if (hearing === 'new') link.askAboutStranger(now())
      init.onHeard(device, hearing)
    },
    onMalformed(link, reason) {
      malformed += 1
      // the count alone after the first few: a broken neighbour must not fill the log
      if (malformed <= 3 || malformed % 1_000 === 0)
        log.warn({ link: link.spec.name, reason, malformed }, 'malformed discovery packet dropped')
    },
    onFailure(link, error) {
      log.debug({ link: link.spec.name, error: error.message }, 'discovery socket failed, the next scan tries again')
      if (links.get(link.spec.key) === link) links.delete(link.spec.key)
    },
    onScheduleChanged: () => {
      if (isRunning) arm(Math.min(dueAt, now() + 5))
    },
  }

  const scan = () => {
    nextScan = now() + SCAN_INTERVAL
    const specs = new Map(usableLinks(interfaces(), init.loopbackOnly).map(spec => [spec.key, spec]))
    for (const [key, link] of links) {
      const spec = specs.get(key)
      if (spec !== undefined) {
        link.update(spec)
        continue
      }
      links.delete(key)
      link.close()
      for (const device of table.dropLink(key)) init.onGone(device)
    }
    for (const [key, spec] of specs) {
      if (!links.has(key)) links.set(key, createLink(context, spec, 0))
    }
    // a socket that failed and is tried again is no new network
    const hasNewLink = [...specs.keys()].some(key => !scannedKeys.has(key))
    scannedKeys = new Set(specs.keys())
    announceChanges(hasNewLink)
  }

  const announceChanges = (hasNewLink: boolean) => {
    const seen = JSON.stringify(
      [...links.values()].map(link => [link.spec.key, link.ownAddresses(), link.deafness > 0]),
    )
    if (seen === lastSeen) return
    lastSeen = seen
    for (const link of links.values()) link.announceAgain()
    init.onLinksChanged({ hasNewLink })
  }

  const tick = () => {
    const at = now()
    if (naps.haveSlept()) {
      log.info({}, 'the machine slept or its clock jumped: discovery starts anew')
      refresh()
      init.onWake()
    } else if (at >= nextScan) scan()
    const { gone, ask } = table.expire(at)
    for (const key of ask) links.get(key)?.askSoon(random() * 500)
    let next = nextScan
    for (const [key, link] of links) {
      const due = link.tick(at)
      if (due === 'deaf') {
        link.close()
        links.set(key, createLink(context, link.spec, link.deafness + 1))
        announceChanges(false)
      } else next = Math.min(next, due)
    }
    arm(next)
    for (const device of gone) init.onGone(device)
  }

  const refresh = () => {
    for (const link of links.values()) link.close()
    links.clear()
    table.clear()
    scan()
  }

  return {
    start() {
      if (isRunning) return
      isRunning = true
      naps.haveSlept() // from here on
      scan()
      arm(now())
    },
    async stop() {
      isRunning = false
      clearTimeout(timer)
      await Promise.all([...links.values()].map(link => link.leave()))
      links.clear()
    },
    refresh() {
      if (!isRunning) return
      refresh()
      arm(now())
    },
    lookAgain() {
      for (const link of links.values()) link.askSoon(random() * 200)
    },
    addresses: device => table.addresses(device),
    has: device => table.has(device),
    interfaceNames: () => [...new Set([...links.values()].map(link => link.spec.name))],
    deafInterfaces: () => [
      ...new Set([...links.values()].filter(link => link.deafness > 0).map(link => link.spec.name)),
    ],
    ownAddresses: () => [...new Set([...links.values()].flatMap(link => link.ownAddresses()))],
  }
}
