import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { dialableAddresses, isOnLink, usableLinks } from '../../../../src/p2p/discovery/interfaces.ts'

const ip4 = (address: string, netmask = '255.255.255.0', internal = false): NetworkInterfaceInfo => ({
  family: 'IPv4',
  address,
  netmask,
  mac: '02:00:00:00:00:01',
  internal,
  cidr: `${address}/24`,
})
const ip6 = (address: string, scopeid = 0, internal = false): NetworkInterfaceInfo => ({
  family: 'IPv6',
  address,
  netmask: 'ffff:ffff:ffff:ffff::',
  mac: '02:00:00:00:00:01',
  internal,
  cidr: `${address}/64`,
  scopeid,
})
const lo = [ip4('127.0.0.1', '255.0.0.0', true), ip6('::1', 0, true)]

describe('interfaces', () => {
  it('makes one link for each interface and family, and none for loopback and tunnels', () => {
    const links = usableLinks(
      {
        lo,
        eth0: [ip4('10.0.0.1'), ip6('fe80::1', 2)],
        tun0: [ip4('10.8.0.1', '255.255.255.255')],
        wlan0: [ip4('10.1.0.1')],
      },
      false,
    )
    expect(links.map(({ name, family }) => `${name} ${family}`)).toEqual(['eth0 4', 'eth0 6', 'wlan0 4'])
  })

  it('uses 127.0.0.1 and nothing else in loopback mode', () => {
    const links = usableLinks({ lo, eth0: [ip4('10.0.0.1')] }, true)
    expect(links.map(({ name, family }) => `${name} ${family}`)).toEqual(['lo 4'])
  })

  it('waits for a link-local address before it multicasts on IPv6', () => {
    expect(usableLinks({ eth0: [ip6('fd00::1')] }, false)).toEqual([])
  })

  it('takes an interface with another address, MAC or index for another link', () => {
    const keyOf = (info: NetworkInterfaceInfo[]) => usableLinks({ eth0: info }, false)[0]?.key
    const keys = [
      keyOf([ip4('10.0.0.1')]),
      keyOf([ip4('10.0.0.2')]),
      keyOf([{ ...ip4('10.0.0.1'), mac: '02:00:00:00:00:02' }]),
      keyOf([ip4('10.0.0.1'), ip6('fe80::1', 3)]),
      keyOf([ip4('10.0.0.1'), ip6('fe80::1', 4)]),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('stops at sixteen links', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`veth${n}`, [ip4(`10.${n}.0.1`)]]))
    expect(usableLinks(many, false)).toHaveLength(16)
  })

  it('accepts packets from the link only', () => {
    const [eth4, eth6] = usableLinks({ eth0: [ip4('192.168.200.1', '255.255.255.128'), ip6('fe80::1', 2)] }, false)
    if (eth4 === undefined || eth6 === undefined) throw new Error('two links were expected')
    expect(['192.168.200.77', '192.168.200.200', '10.0.0.1'].map(source => isOnLink(eth4, source))).toEqual([
      true,
      false,
      false,
    ])
    expect(['fe80::9%eth0', 'fe80::9%wlan0', 'fd00::9'].map(source => isOnLink(eth6, source))).toEqual([
      true,
      false,
      false,
    ])
  })

  it('offers what a neighbour can dial, also without DHCP, but no IPv6 link-local address', () => {
    const all = [ip4('169.254.7.7', '255.255.0.0'), ip6('fe80::1', 2), ip6('fd00::7')]
    const listeners = [
      { family: 4 as const, host: '0.0.0.0', port: 4001 },
      { family: 6 as const, host: '::', port: 4002 },
    ]
    expect(dialableAddresses({ all }, listeners)).toEqual(['/ip4/169.254.7.7/tcp/4001', '/ip6/fd00::7/tcp/4002'])
    expect(dialableAddresses({ all }, [{ family: 4, host: '10.0.0.1', port: 1 }])).toEqual([])
  })
})
