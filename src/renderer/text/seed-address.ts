/** One number of an IPv4 address. */
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`)
const PORT = /^[1-9]\d{0,4}$/
const MAX_PORT = 65_535
/** The first number of addresses that no single PC has: unspecified, multicast, broadcast. */
const isNobodys = (host: string): boolean => host.startsWith('0.') || Number(host.split('.')[0]) >= 224

const isIpv6 = (host: string): boolean => host.includes(':') && URL.canParse(`http://[${host}]`)

const multiaddr = (host: string, port: string): string | null => {
  if (!PORT.test(port) || Number(port) > MAX_PORT) return null
  if (IPV4.test(host)) return isNobodys(host) ? null : `/ip4/${host}/tcp/${port}`
  return isIpv6(host) ? `/ip6/${host}/tcp/${port}` : null
}

/**
 * `10.20.0.5:4870`, `[fd00::5]:4870` or a multiaddr of IP and TCP, as a multiaddr; null for anything else. Names are
 * not resolved: an address list must not depend on a server for names.
 */
export const readSeedAddress = (text: string): string | null => {
  const [empty, type, host = '', transport, port = '', ...rest] = text.trim().split('/')
  if (empty === '') {
    const address = transport === 'tcp' && rest.length === 0 ? multiaddr(host, port) : null
    return address?.startsWith(`/${type}/`) ? address : null
  }
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(text.trim())
  return parts === null ? null : multiaddr(parts[1] ?? parts[2] ?? '', parts[3] ?? '')
}

/** As people write it; what is no address of this kind stays as it is. */
export const showSeedAddress = (address: string): string => {
  const [, type, host, , port] = address.split('/')
  if (port === undefined) return address
  return type === 'ip6' ? `[${host}]:${port}` : `${host}:${port}`
}
