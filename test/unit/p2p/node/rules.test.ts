import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidenceDelay, rememberedDelay, retryDelay } from '../../../../src/p2p/node/backoff.ts'
import { MAX_OFFENCES, OFFENCE_WINDOW } from '../../../../src/p2p/node/constants.ts'
import { decodeHello, encodeHello } from '../../../../src/p2p/node/hello.ts'
import { createOffences } from '../../../../src/p2p/node/offences.ts'
import { deviceOf, deviceOfPeerText, peerIdOf } from '../../../../src/p2p/node/peer-ids.ts'
import { keepsNewer } from '../../../../src/p2p/node/tie-break.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'

const lower = '1'.repeat(64) as DeviceId
const higher = '2'.repeat(64) as DeviceId
const middle = () => 0.5

describe('back-off', () => {
  it('lets the lower device dial at once and the higher one wait', () => {
    expect(evidenceDelay(lower, higher, middle)).toBeLessThan(100)
    expect(evidenceDelay(higher, lower, middle)).toBe(4_500)
    expect(rememberedDelay(higher, lower, middle)).toBe(2_000)
  })

  it('tries those who are seen soon and those who are not ever more rarely', () => {
    expect([1, 2, 3, 9].map(n => retryDelay(n, true, middle))).toEqual([1_000, 2_000, 4_000, 30_000])
    expect([1, 2, 3, 60].map(n => retryDelay(n, false, middle))).toEqual([30_000, 60_000, 120_000, 3_600_000])
  })
})

describe('the tie-break', () => {
  it('is answered alike by both sides of a simultaneous dial, in whatever order they see the two connections', () => {
    const byLower = { dialledBy: lower, openedAt: 1_000 }
    const byHigher = { dialledBy: higher, openedAt: 1_300 }
    for (const [self, other] of [
      [lower, higher],
      [higher, lower],
    ] as const) {
      expect(keepsNewer(byLower, byHigher, self, other)).toBe(false)
      expect(keepsNewer(byHigher, byLower, self, other)).toBe(true)
    }
  })

  it('takes the new connection of a side that has lost the old one', () => {
    expect(keepsNewer({ dialledBy: lower, openedAt: 0 }, { dialledBy: lower, openedAt: 1 }, lower, higher)).toBe(true)
    expect(keepsNewer({ dialledBy: lower, openedAt: 0 }, { dialledBy: higher, openedAt: 60_000 }, lower, higher)).toBe(
      true,
    )
  })
})

describe('offences', () => {
  it('shut a device out after five, for ten minutes, and nobody else', () => {
    let now = 0
    const offences = createOffences(() => now)
    const shutOut = Array.from({ length: MAX_OFFENCES }, () => offences.record(lower))
    expect(shutOut).toEqual([false, false, false, false, true])
    expect([offences.isShutOut(lower), offences.isShutOut(higher)]).toEqual([true, false])
    now = OFFENCE_WINDOW
    expect(offences.isShutOut(lower)).toBe(false)
  })
})

describe('ids', () => {
  it('go to libp2p and back', () => {
    const device = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a' as DeviceId // RFC 8032 7.1 test 1
    expect(deviceOf(peerIdOf(device))).toBe(device)
    expect(deviceOfPeerText(peerIdOf(device).toString())).toBe(device)
  })

  it('are not found in other texts', () => {
    fc.assert(fc.property(fc.string(), text => deviceOfPeerText(text) === undefined))
    expect(deviceOfPeerText('QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N')).toBeUndefined()
  })
})

describe('the hello', () => {
  it('carries addresses and the engine’s own words', () => {
    const hello = { addresses: ['/ip4/10.0.0.1/tcp/4001'], payload: Uint8Array.of(1, 2, 3) }
    expect(decodeHello(encodeHello(hello))).toEqual(hello)
  })

  it('refuses anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expect(() => decodeHello(bytes)).toThrow()
      }),
    )
    expect(() =>
      decodeHello(encodeHello({ addresses: ['/dns4/evil.example/tcp/1'], payload: Uint8Array.of() })),
    ).toThrow()
    expect(() => encodeHello({ addresses: [], payload: new Uint8Array(40_000) })).toThrow(RangeError)
  })
})
