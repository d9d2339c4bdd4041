import { BlockList, isIP } from 'node:net'

/** The multiaddrs that this network uses, without the peer id: `/ip4/…/tcp/…` and `/ip6/…/tcp/…`. */
export const ADDRESS_PATTERN = '/ip[46]/[0-9a-fA-F.:]{2,45}/tcp/[1-9]\\d{0,4}'

const ADDRESS = new RegExp(`^${ADDRESS_PATTERN}$`)
const MAX_PORT = 65_535

/** A list of subnets that knows IPv4 addresses in their IPv6 form (`::ffff:127.0.0.1`) as well. */
const subnets = (...all: readonly (readonly [network: string, prefix: number])[]): BlockList => {
  const list = new BlockList()
  for (const [network, prefix] of all) list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4')
  return list
}
const loopback = subnets(['127.0.0.0', 8], ['::1', 128])
const linkLocal = subnets(['169.254.0.0', 16], ['fe80::', 10])
/** Unspecified (a dial of it ends at ourselves), multicast, broadcast, and what libp2p cannot dial for want of a zone. */
const nobody = subnets(
  ['0.0.0.0', 8],
  ['224.0.0.0', 3],
  ['::', 128],
  ['::', 96], // the forgotten form of IPv4 in IPv6: `::127.0.0.1`
  ['ff00::', 8],
  ['fe80::', 10],
)

/** The host of a multiaddr, with or without what follows the port; empty when there is none. */
export const hostOf = (address: string) => address.split('/')[2] ?? ''

const isIn = (list: BlockList, address: string): boolean => {
  const host = hostOf(address)
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4')
}

/** Without the `/p2p/<PeerId>` that may follow the port. */
export const withoutPeer = (address: string): string => address.split('/').slice(0, 5).join('/')

/** Whether a string has the form of an address; whether anybody is there, a dial will tell. */
export const isAddress = (text: string): boolean => {
  if (!ADDRESS.test(text)) return false
  const [, type, host = '', , port] = text.split('/')
  return isIP(host) === (type === 'ip4' ? 4 : 6) && Number(port) <= MAX_PORT
}

export const isLoopback = (address: string): boolean => isIn(loopback, address)

/** Good on one link only. */
export const isLinkLocal = (address: string): boolean => isIn(linkLocal, address)

/** Whether one machine may listen there: no multicast, no broadcast, no unspecified address, no IPv6 link-local one. */
export const isUnicast = (address: string): boolean => isLoopback(address) || !isIn(nobody, address)

/** Which loopback addresses count: in loopback mode they are the only ones, on a LAN of no use, else as good as others. */
export type LoopbackRule = 'only' | 'never' | 'too'

/** Whether an address is worth a dial by this device. */
export const isUsable = (address: string, rule: LoopbackRule): boolean =>
  isAddress(address) && isUnicast(address) && (rule === 'too' || isLoopback(address) === (rule === 'only'))
