import type { NetworkInterfaceInfo, NetworkInterfaceInfoIPv6 } from 'node:os'
import { MAX_ADDRESSES, MAX_LINKS } from './constants.ts'

export type Family = 4 | 6
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** One interface as one socket sees it. */
export interface LinkSpec {
  /** Changes with the name, family, MAC, index and addresses: an old socket would be deaf or send from a dead address. */
  readonly key: string
  readonly name: string
  readonly family: Family
  /** Addresses of this family: for the source check. */
  readonly own: readonly NetworkInterfaceInfo[]
  /** Addresses of both families: what a neighbour on this link can dial. */
  readonly all: readonly NetworkInterfaceInfo[]
  /** IPv6 zone: the interface's name, on Windows its index. */
  readonly zone: string
}

/** A TCP listener of ours; host `0.0.0.0` or `::` listens on every address of its family. */
export interface Listener {
  family: Family
  host: string
  port: number
}

const isIPv6 = (info: NetworkInterfaceInfo): info is NetworkInterfaceInfoIPv6 => info.family === 'IPv6'
const isLinkLocal6 = (address: string) => address.toLowerCase().startsWith('fe80:')

/** A /32 is a tunnel or an alias: nobody else is on that link. */
const isUsable = (info: NetworkInterfaceInfo, family: Family, loopbackOnly: boolean) =>
  info.family === `IPv${family}` && info.internal === loopbackOnly && info.netmask !== '255.255.255.255'

export const isUsableIPv4 = (info: NetworkInterfaceInfo): boolean => isUsable(info, 4, false)

const linkSpec = (name: string, family: Family, all: readonly NetworkInterfaceInfo[], loopbackOnly: boolean) => {
  const own = all.filter(info => isUsable(info, family, loopbackOnly))
  if (own.length === 0) return undefined
  // multicast of family 6 leaves from the link-local address; an interface without one is not ready yet
  if (family === 6 && !own.some(info => isLinkLocal6(info.address))) return undefined
  const index = Math.max(0, ...all.filter(isIPv6).map(info => info.scopeid))
  const key = [name, family, own[0]?.mac, index, ...own.map(info => info.cidr ?? info.address).sort()].join('|')
  const zone = process.platform === 'win32' && family === 6 ? String(index) : name
  return { key, name, family, own, all, zone }
}

/** The links that discovery works on now. Loopback mode uses 127.0.0.1 alone, so that no packet reaches any NIC. */
export const usableLinks = (interfaces: Interfaces, loopbackOnly: boolean): LinkSpec[] =>
  Object.entries(interfaces)
    .flatMap(([name, all = []]) =>
      (loopbackOnly ? ([4] as const) : ([4, 6] as const)).map(family => linkSpec(name, family, all, loopbackOnly)),
    )
    .filter(spec => spec !== undefined)
    .slice(0, MAX_LINKS)

const toInteger = (ip: string) => ip.split('.').reduce((value, byte) => (value << 8) | Number(byte), 0)

/** RFC 6762 section 11: accept only what comes from the link itself (Linux hands every socket all interfaces' packets). */
export const isOnLink = (link: LinkSpec, source: string): boolean =>
  link.family === 6
    ? isLinkLocal6(source)
      ? source.endsWith(`%${link.zone}`)
      : link.own.some(info => info.address === source)
    : link.own.some(info => ((toInteger(info.address) ^ toInteger(source)) & toInteger(info.netmask)) === 0)

/** Multiaddrs (`/ip4/…/tcp/…`, without the peer id) under which a neighbour on this link reaches our listeners. */
export const dialableAddresses = (link: Pick<LinkSpec, 'all'>, listeners: readonly Listener[]): string[] => {
  const found = new Set<string>()
  for (const { address, family } of link.all) {
    if (isLinkLocal6(address)) continue // libp2p 3.3 cannot dial or accept `fe80::…%eth0`
    for (const listener of listeners) {
      if (family !== `IPv${listener.family}`) continue
      const isWildcard = listener.host === '0.0.0.0' || listener.host === '::'
      if (isWildcard || listener.host === address) found.add(`/ip${listener.family}/${address}/tcp/${listener.port}`)
    }
  }
  return [...found].slice(0, MAX_ADDRESSES)
}
