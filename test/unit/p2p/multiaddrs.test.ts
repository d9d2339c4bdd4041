import { describe, expect, it } from 'vitest'
import { isAddress, isLinkLocal, isLoopback, isUsable, withoutPeer } from '../../../src/p2p/multiaddrs.ts'

describe('an address', () => {
  it.each(['/ip4/10.0.0.1/tcp/4001', '/ip6/fd00::1/tcp/65535', '/ip6/2001:db8::1/tcp/1'])('is one: %s', address => {
    expect(isAddress(address)).toBe(true)
  })
  it.each([
    '/ip4/999.0.0.1/tcp/4001',
    '/ip4/10.0.0.1/tcp/65536',
    '/ip4/10.0.0.1/tcp/0',
    '/ip4/fd00::1/tcp/1',
    '/ip6/10.0.0.1/tcp/1',
    '/dns4/example/tcp/4001',
    '/ip4/10.0.0.1/udp/4001',
    '/ip4/10.0.0.1/tcp/4001/p2p/x',
    '',
  ])('is none: %s', address => {
    expect(isAddress(address)).toBe(false)
  })

  it('loses the peer id that follows it', () => {
    expect(withoutPeer('/ip4/10.0.0.1/tcp/4001/p2p/12D3KooW')).toBe('/ip4/10.0.0.1/tcp/4001')
  })
})

describe('an address that leads back to this machine', () => {
  const disguises = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:0:0:1']
  const toAddress = (host: string) => `/ip${host.includes(':') ? 6 : 4}/${host}/tcp/4001`

  it.each(disguises.map(toAddress))('is seen through on a LAN: %s', address => {
    expect(isLoopback(address)).toBe(true)
    expect(isUsable(address, 'never')).toBe(false)
    expect(isUsable(address, 'only')).toBe(true)
  })
  it.each(['0.0.0.0', '0.1.2.3', '::', '::127.0.0.1', '::ffff:0.0.0.0'].map(toAddress))('or to nobody: %s', address => {
    for (const rule of ['never', 'only', 'too'] as const) expect(isUsable(address, rule)).toBe(false)
  })
})

it.each(['/ip4/239.1.1.1/tcp/1', '/ip4/255.255.255.255/tcp/1', '/ip6/ff02::fb/tcp/1', '/ip6/fe80::1/tcp/1'])(
  'no single machine can be dialled at %s',
  address => expect(isUsable(address, 'too')).toBe(false),
)

it('a network without DHCP can be dialled, but means nothing beyond its link', () => {
  expect(isUsable('/ip4/169.254.1.1/tcp/4001', 'never')).toBe(true)
  expect(isLinkLocal('/ip4/169.254.1.1/tcp/4001')).toBe(true)
})
