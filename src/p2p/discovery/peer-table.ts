import type { DeviceId } from '../../shared/ids.ts'
import { MAX_ADDRESSES, MAX_PEERS, REFRESH_AT, TTL_ACCEPTED } from './constants.ts'
import type { KnownAnswer } from './records.ts'

export interface Heard {
  device: DeviceId
  instance: string
  addresses: readonly string[]
  /** Seconds, as the packet claims. */
  ttl: number
}

interface Entry {
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
  /** Multiaddrs, those heard last first. */
  addresses(device: DeviceId): string[]
  has(device: DeviceId): boolean
  /** After sleep everybody counts as new again. */
  clear(): void
  /** Records with more than half of their life left, freshest first, with what is left in seconds. */
  knownAnswers(link: string, now: number, limit: number): KnownAnswer[]
  instances(link: string): Set<string>
  readonly size: number
}

/** Who was heard on which link. One entry for each device and link; a device goes with its last entry. */
export const createPeerTable = (): PeerTable => {
  const peers = new Map<DeviceId, Map<string, Entry>>()

  const addresses = (device: DeviceId) => {
    const entries = [...(peers.get(device)?.values() ?? [])].sort((a, b) => b.heardAt - a.heardAt)
    return [...new Set(entries.flatMap(entry => entry.addresses))].slice(0, MAX_ADDRESSES)
  }
  const remove = (device: DeviceId, link: string): boolean => {
    const entries = peers.get(device)
    if (!entries?.delete(link)) return false
    return entries.size === 0 && peers.delete(device)
  }
  const onLink = (link: string) => [...peers.values()].flatMap(entries => entries.get(link) ?? [])

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
      entries.set(link, { instance: heard.instance, addresses: heard.addresses, heardAt: now, ttl, timesAsked: 0 })
      if (isNew) return 'new'
      return addresses(heard.device).some(address => !before.includes(address)) ? 'changed' : 'known'
    },
    forget(link, instance) {
      for (const [device, entries] of peers) {
        if (entries.get(link)?.instance === instance) return remove(device, link) ? device : undefined
      }
      return undefined
    },
    dropLink: link => [...peers.keys()].filter(device => remove(device, link)),
    expire(now) {
      const gone: DeviceId[] = []
      const ask = new Set<string>()
      for (const [device, entries] of peers) {
        for (const [link, entry] of entries) {
          const age = (now - entry.heardAt) / entry.ttl
          const askAt = REFRESH_AT[entry.timesAsked]
          if (age >= 1) {
            if (remove(device, link)) gone.push(device)
          } else if (askAt !== undefined && age >= askAt) {
            entry.timesAsked += 1
            ask.add(link)
          }
        }
      }
      return { gone, ask }
    },
    addresses,
    has: device => peers.has(device),
    clear: () => peers.clear(),
    knownAnswers: (link, now, limit) =>
      onLink(link)
        .filter(entry => now - entry.heardAt < entry.ttl / 2)
        .sort((a, b) => b.heardAt - a.heardAt)
        .slice(0, limit)
        .map(entry => ({ instance: entry.instance, ttl: Math.floor((entry.ttl - (now - entry.heardAt)) / 1_000) })),
    instances: link => new Set(onLink(link).map(entry => entry.instance)),
  }
}
