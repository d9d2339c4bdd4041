import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MANY_CONNECTIONS, NEWS_DELAY, NEWS_FANOUT } from '../../../../src/p2p/peers/constants.ts'
import { createNews } from '../../../../src/p2p/peers/news.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'

const device = (n: number) => n.toString(16).padStart(64, '0') as DeviceId
const record = (n: number, seq = 1) => ({ device: device(n), seq, addresses: [], bytes: new Uint8Array(0) })

const scene = (colleagues: number[]) => {
  const told: [DeviceId, DeviceId[]][] = []
  const news = createNews({
    connected: () => colleagues.map(device),
    tell: (to, records) => told.push([to, records.map(one => one.device)]),
    random: Math.random,
  })
  return { news, told }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('several news are told in one go, to everybody but who said so, who is meant, or who has shown to know', async () => {
  const { news, told } = scene([1, 2, 3])
  news.add(record(1), undefined)
  news.add(record(9), device(2))
  news.isKnownTo(device(3), new Map([[device(9), 1]]))
  await vi.advanceTimersByTimeAsync(NEWS_DELAY.max)
  // in whatever order
  expect(new Map(told)).toEqual(
    new Map([
      [device(1), [device(9)]],
      [device(2), [device(1)]],
      [device(3), [device(1)]],
    ]),
  )
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toHaveLength(3)
})

it('who knows an older record is told the newer one', async () => {
  const { news, told } = scene([3])
  news.add(record(9, 5), device(2))
  news.isKnownTo(device(3), new Map([[device(9), 4]]))
  await vi.advanceTimersByTimeAsync(NEWS_DELAY.max)
  expect(told).toEqual([[device(3), [device(9)]]])
})

const crowd = (count: number) => Array.from({ length: count }, (_, n) => n)

it.each([
  ['what others have said is told to a few', MANY_CONNECTIONS, device(1_000), NEWS_FANOUT],
  ['what we say of ourselves is told to all', MANY_CONNECTIONS, undefined, MANY_CONNECTIONS],
  ['but not if they are too many', MANY_CONNECTIONS + 1, undefined, NEWS_FANOUT],
])('%s', async (_, connected, source, audience) => {
  const { news, told } = scene(crowd(connected))
  news.add(record(999), source)
  await vi.advanceTimersByTimeAsync(NEWS_DELAY.max)
  expect(new Set(told.map(([to]) => to)).size).toBe(audience)
})
