import { describe, expect, it } from 'vitest'
import { MAX_PEERS } from '../../../../src/p2p/discovery/constants.ts'
import { createPeerTable } from '../../../../src/p2p/discovery/peer-table.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'

const alice = 'a'.repeat(64) as DeviceId
const heard = (
  device = alice,
  addresses = ['/ip4/10.0.0.1/tcp/1'],
  ttl = 120,
  instance = `instance-of-${device.slice(0, 8)}`,
  source = '10.0.0.1',
) => ({
  device,
  instance,
  addresses,
  ttl,
  source,
})

describe('the table of peers', () => {
  it('tells news from repetition', () => {
    const table = createPeerTable()
    expect(table.hear('eth0', heard(), 0)).toBe('new')
    expect(table.hear('eth0', heard(), 1_000)).toBe('known')
    expect(table.hear('eth0', heard(alice, ['/ip4/10.0.0.2/tcp/1']), 2_000)).toBe('changed')
    expect(table.addresses(alice)).toEqual(['/ip4/10.0.0.2/tcp/1'])
  })

  it('lets nobody replace or crowd out what a device says of itself', () => {
    const table = createPeerTable()
    const ofMallory = (n: number) => Array.from({ length: 8 }, (_, port) => `/ip4/10.0.0.66/tcp/${8 * n + port + 1}`)
    table.hear('eth0', heard(), 0)
    for (let n = 1; n <= 100; n++)
      table.hear('eth0', heard(alice, ofMallory(n), 120, 'spoofed-by-mallory', '10.0.0.66'), n)
    expect(table.addresses(alice).slice(0, 2)).toEqual(['/ip4/10.0.0.66/tcp/801', '/ip4/10.0.0.1/tcp/1'])
    expect(table.forget('eth0', 'spoofed-by-mallory')).toBeUndefined()
    expect(table.addresses(alice)).toEqual(['/ip4/10.0.0.1/tcp/1'])
  })

  it('tries first where the packet came from, and remembers few who speak for a device', () => {
    const table = createPeerTable()
    table.hear('eth0', heard(alice, ['/ip4/10.0.0.7/tcp/1', '/ip4/10.0.0.1/tcp/1']), 0)
    expect(table.addresses(alice)).toEqual(['/ip4/10.0.0.1/tcp/1', '/ip4/10.0.0.7/tcp/1'])
    for (let n = 1; n <= 20; n++)
      table.hear('eth0', heard(alice, [`/ip4/10.0.1.${n}/tcp/1`], 120, 'x', `10.0.1.${n}`), n)
    expect(table.addresses(alice)).toEqual([20, 19, 18, 17].map(n => `/ip4/10.0.1.${n}/tcp/1`))
  })

  it('keeps a device as long as one link has it', () => {
    const table = createPeerTable()
    table.hear('eth0', heard(), 0)
    table.hear('wlan0', heard(alice, ['/ip4/192.168.1.1/tcp/1']), 10)
    expect(table.addresses(alice)).toEqual(['/ip4/192.168.1.1/tcp/1', '/ip4/10.0.0.1/tcp/1'])
    expect(table.dropLink('eth0')).toEqual([])
    expect(table.has(alice)).toBe(true)
    expect(table.forget('wlan0', heard().instance)).toBe(alice)
    expect(table.has(alice)).toBe(false)
  })

  it('does not let one instance say goodbye for another', () => {
    const table = createPeerTable()
    table.hear('eth0', heard(), 0)
    expect(table.forget('eth0', 'somebody-else-entirely')).toBeUndefined()
    expect(table.has(alice)).toBe(true)
  })

  it('asks again at 80, 85 and 90 % of a life, then lets go', () => {
    const table = createPeerTable()
    table.hear('eth0', heard(), 0)
    const asked = [95_000, 96_000, 97_000, 102_000, 108_000, 119_000].map(now => [...table.expire(now).ask])
    expect(asked).toEqual([[], ['eth0'], [], ['eth0'], ['eth0'], []])
    expect(table.expire(120_000).gone).toEqual([alice])
    expect(table.size).toBe(0)
  })

  it('believes no life under ten seconds or over two hours', () => {
    const table = createPeerTable()
    table.hear('eth0', heard(alice, undefined, 1), 0)
    expect(table.expire(9_999).gone).toEqual([])
    table.hear('eth0', heard(alice, undefined, 0x7fffffff), 9_999)
    expect(table.expire(9_999 + 7_200_000).gone).toEqual([alice])
  })

  it('lists as known only what has more than half of its life left', () => {
    const table = createPeerTable()
    table.hear('eth0', heard(), 0)
    expect(table.knownAnswers('eth0', 59_000, 24)).toEqual([{ instance: heard().instance, ttl: 61 }])
    expect(table.knownAnswers('eth0', 60_000, 24)).toEqual([])
    expect(table.knownAnswers('wlan0', 0, 24)).toEqual([])
  })

  it('does not grow without bound', () => {
    const table = createPeerTable()
    const device = (n: number) => n.toString(16).padStart(64, '0') as DeviceId
    for (let n = 0; n < MAX_PEERS; n++) table.hear('eth0', heard(device(n)), 0)
    expect(table.hear('eth0', heard(device(MAX_PEERS)), 0)).toBe('full')
    expect(table.hear('eth0', heard(device(0)), 0)).toBe('known')
    expect(table.size).toBe(MAX_PEERS)
  })
})
