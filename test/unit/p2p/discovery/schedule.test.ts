import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  announceGap,
  announceInterval,
  answerAt,
  deafRetryAfter,
  firstDelay,
  queryGap,
  recordTtlSeconds,
} from '../../../../src/p2p/discovery/schedule.ts'

const middle = () => 0.5
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map(value => () => value)
const peers = fc.integer({ min: 0, max: 4_096 })

describe('the schedule of discovery', () => {
  it('asks at 1, 2, 4 seconds and so on, at most every ten minutes', () => {
    expect([0, 1, 2, 3, 4].map(step => queryGap(step, middle))).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
    expect(queryGap(60, middle)).toBe(600_000)
  })

  it('announces at 0, 1 and 3 seconds and then rarely', () => {
    expect([1, 2, 3, 4].map(count => announceGap(count, 1, middle))).toEqual([1_000, 2_000, 30_000, 30_000])
  })

  it('keeps the announcements of a whole link near one a second, however many hosts there are', () => {
    fc.assert(fc.property(peers, random, (n, r) => n / (announceGap(9, n, r) / 1_000) <= 1 / 0.8))
  })

  it('keeps the answers of a whole link under twenty a second', () => {
    fc.assert(fc.property(peers, random, (n, r) => answerAt(0, 0, n, r) >= Math.max(1_000, n * 50)))
  })

  it('answers a first question between 20 and 120 ms', () => {
    fc.assert(
      fc.property(random, r => {
        const at = answerAt(1_000_000, Number.NEGATIVE_INFINITY, 10, r)
        return at >= 1_000_020 && at <= 1_000_120
      }),
    )
  })

  it('lets a record outlive three lost announcements', () => {
    fc.assert(fc.property(peers, n => recordTtlSeconds(n) * 1_000 >= 3.5 * announceInterval(n)))
    expect(recordTtlSeconds(1)).toBe(120)
  })

  it('spreads hosts that are switched on together', () => {
    fc.assert(fc.property(random, r => firstDelay(r) >= 20 && firstDelay(r) <= 120))
  })

  it('reopens a deaf link ever more rarely', () => {
    expect([0, 1, 2, 50].map(deafRetryAfter)).toEqual([10_000, 20_000, 40_000, 600_000])
  })
})
