import { describe, expect, it } from 'vitest'
import { readSeedAddress, showSeedAddress } from '../../../../src/renderer/text/seed-address.ts'

describe('an address on another network', () => {
  it('is read as people write it, and shown so again', () => {
    const written = ['10.20.0.5:4870', '[fd00::5]:4870', '127.0.0.1:1', '192.168.255.254:65535']
    for (const text of written) expect(showSeedAddress(readSeedAddress(text) ?? '')).toBe(text)
    expect(readSeedAddress(' 10.20.0.5:4870 ')).toBe('/ip4/10.20.0.5/tcp/4870')
    expect(readSeedAddress('[fd00::5]:4870')).toBe('/ip6/fd00::5/tcp/4870')
  })

  it('may be a multiaddr', () => {
    expect(readSeedAddress('/ip4/10.20.0.5/tcp/4870')).toBe('/ip4/10.20.0.5/tcp/4870')
    expect(readSeedAddress('/ip6/fd00::5/tcp/4870')).toBe('/ip6/fd00::5/tcp/4870')
  })

  it.each([
    '',
    'pc-12:4870',
    '10.20.0.5',
    '10.20.0.5:0',
    '10.20.0.5:65536',
    '10.20.0.256:4870',
    '224.0.0.251:5353',
    '0.0.0.0:4870',
    'fd00::5:4870',
    '[fd00::zz]:4870',
    '/ip6/10.20.0.5/tcp/4870',
    '/ip4/10.20.0.5/udp/4870',
    '/dns4/example.org/tcp/4870',
    '/ip4/10.20.0.5/tcp/4870/p2p/x',
  ])('is not %j', text => {
    expect(readSeedAddress(text)).toBeNull()
  })
})
