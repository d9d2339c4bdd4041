import type { DeviceId } from '../../shared/ids.ts'
import { MAX_ADDRESSES, MAX_PEERS, MAX_SOURCES, REFRESH_AT, TTL_ACCEPTED } from './constants.ts'
import type { KnownAnswer } from './records.ts'

export interface Heard {
  device: DeviceId
  instance: string
  addresses: readonly string[]
  /** IP address that the packet came from. */
  source: string
  /** Seconds, as the packet claims. */
  ttl: number
}

interface Entry {
  link: string
  instance: string
  addresses: readonly string[]
  heardAt: number
  /** Milliseconds. */
  ttl: number
  timesAsked: number
}

/** `new`: the device was not known; `changed`: one of its addresses was not; `known`: nothing new; `full`: no room. */
export type Hearing = 'new' | 'changed' | 'known' | 'full'

export interface PeerTable {
  hear(link: string, heard: Heard, now: number): Hearing
  /** A goodbye on a link; returns the device if nothing is left of it. */
  forget(link: string, instance: string): DeviceId | undefined
  /** The link is gone; returns the devices of which nothing is left. */
  dropLink(link: string): DeviceId[]
  /** Removes what has outlived its TTL; `ask` are the links on which a record nears its end. */
  expire(now: number): { gone: DeviceId[]; ask: Set<string> }
  /** Multiaddrs, from each source in turn, the one heard last first. */
  addresses(device: DeviceId): string[]
  has(device: DeviceId): boolean
  /** After sleep everybody counts as new again. */
  clear(): void
  /** Records with more than half of their life left, freshest first, with what is left in seconds. */
  knownAnswers(link: string, now: number, limit: number): KnownAnswer[]
  instances(link: string): Set<string>
  readonly size: number
}

/**
 * Who was heard on which link, and from where. One entry for each device, link and source: what somebody else says of a
 * device stands beside what it says itself, and neither replaces nor crowds out the other. A device goes with its last
 * entry.
 */
export const createPeerTable = (): PeerTable => {
  const peers = new Map<DeviceId, Map<string, Entry>>()

  const addresses = (device: DeviceId) => {
    const entries = [...(peers.get(device)?.values() ?? [])].sort((a, b) => b.heardAt - a.heardAt)
    const inTurn = Array.from({ length: MAX_ADDRESSES }, (_, n) => entries.flatMap(entry => entry.addresses[n] ?? []))
    return [...new Set(inTurn.flat())].slice(0, MAX_ADDRESSES)
  }
  /** True when nothing is left of the device. */
  const remove = (device: DeviceId, fits: (entry: Entry) => boolean): boolean => {
    const entries = peers.get(device)
    if (entries === undefined) return false
    for (const [key, entry] of entries) if (fits(entry)) entries.delete(key)
    return entries.size === 0 && peers.delete(device)
  }
  const ofLink = (entries: Map<string, Entry>, link: string) => [...entries].filter(([, entry]) => entry.link === link)
  const onLink = (link: string) =>
    [...peers.values()].flatMap(entries => ofLink(entries, link).map(([, entry]) => entry))
  /** A place for one more source; the one that was not heard for longest goes. */
  const makeRoom = (entries: Map<string, Entry>, link: string) => {
    const sources = ofLink(entries, link).sort(([, a], [, b]) => a.heardAt - b.heardAt)
    const [longestQuiet] = sources
    if (sources.length >= MAX_SOURCES && longestQuiet !== undefined) entries.delete(longestQuiet[0])
  }

  return {
    get size() {
      return peers.size
    },
    hear(link, heard, now) {
      let entries = peers.get(heard.device)
      if (entries === undefined && peers.size >= MAX_PEERS) return 'full'
      const isNew = entries === undefined
      const before = addresses(heard.device)
      entries ??= new Map()
      peers.set(heard.device, entries)
      const ttl = Math.min(Math.max(heard.ttl, TTL_ACCEPTED.min), TTL_ACCEPTED.max) * 1_000
      const key = `${link} ${heard.source}`
      if (!entries.has(key)) makeRoom(entries, link)
      const own = heard.addresses.filter(address => address.split('/')[2] === heard.source)
      const all = [...own, ...heard.addresses.filter(address => !own.includes(address))]
      entries.set(key, { link, instance: heard.instance, addresses: all, heardAt: now, ttl, timesAsked: 0 })
      if (isNew) return 'new'
      return addresses(heard.device).some(address => !before.includes(address)) ? 'changed' : 'known'
    },
    forget(link, instance) {
      for (const [device, entries] of peers) {
        const says = (entry: Entry) => entry.link === link && entry.instance === instance
        if ([...entries.values()].some(says)) return remove(device, says) ? device : undefined
      }
      return undefined
    },
    dropLink: link => [...peers.keys()].filter(device => remove(device, entry => entry.link === link)),
    expire(now) {
      const gone: DeviceId[] = []
      const ask = new Set<string>()
      for (const [device, entries] of peers) {
        for (const entry of entries.values()) {
          const age = (now - entry.heardAt) / entry.ttl
          const askAt = REFRESH_AT[entry.timesAsked]
          if (age >= 1) {
            if (remove(device, other => other === entry)) gone.push(device)
          } else if (askAt !== undefined && age >= askAt) {
            entry.timesAsked += 1
            ask.add(entry.link)
          }
        }
      }
      return { gone, ask }
    },
    addresses,
    has: device => peers.has(device),
    clear: () => peers.clear(),
    knownAnswers: (link, now, limit) =>
      [
        ...new Map(
          onLink(link)
            .filter(entry => now - entry.heardAt < entry.ttl / 2)
            .sort((a, b) => a.heardAt - b.heardAt)
            .map(entry => [entry.instance, entry]),
        ).values(),
      ]
        .sort((a, b) => b.heardAt - a.heardAt)
        .slice(0, limit)
        .map(entry => ({ instance: entry.instance, ttl: Math.floor((entry.ttl - (now - entry.heardAt)) / 1_000) })),
    instances: link => new Set(onLink(link).map(entry => entry.instance)),
  }
}
