import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { KNOCK_INTERVAL, KNOCKS_AT_ONCE, QUICK_FOR, SLOW_EVERY, SLOW_FOR } from '../../../../src/p2p/node/constants.ts'
import { createReunion } from '../../../../src/p2p/node/reunion.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'

const device = (n: number) => n.toString(16).padStart(64, '0') as DeviceId
const hostOf = (n: number) => `10.0.0.${n}`

/** A network that is down until the test says otherwise. Time is the test's. */
const scene = () => {
  const world = { isUp: false, knocks: [] as string[], back: [] as DeviceId[], connected: new Set<DeviceId>() }
  const reunion = createReunion({
    now: () => Date.now(),
    isConnected: one => world.connected.has(one),
    addresses: (_, host) => [`/ip4/${host}/tcp/4001`],
    knock: async address => {
      world.knocks.push(address)
      return world.isUp
    },
    onAnswer: one => world.back.push(one),
  })
  const lose = (count: number) => {
    for (let n = 0; n < count; n++) reunion.lost(device(n), hostOf(n))
  }
  return { world, reunion, lose }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('who was lost is told of within an interval of the network being whole again', async () => {
  const { world, lose } = scene()
  lose(3)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(world.back).toEqual([])
  world.isUp = true
  await vi.advanceTimersByTimeAsync(KNOCK_INTERVAL)
  expect(new Set(world.back)).toEqual(new Set([0, 1, 2].map(device)))
  const knocks = world.knocks.length
  await vi.advanceTimersByTimeAsync(SLOW_FOR)
  expect(world.knocks.length).toBe(knocks)
})

it('when one of many answers, the others are asked without a pause', async () => {
  const { world, lose } = scene()
  lose(200)
  await vi.advanceTimersByTimeAsync(5_000)
  world.isUp = true
  await vi.advanceTimersByTimeAsync(KNOCK_INTERVAL)
  expect(world.back).toHaveLength(200)
})

it('however many are lost, only a few are knocked at in an interval, all in turn', async () => {
  const { world, lose } = scene()
  lose(40)
  await vi.advanceTimersByTimeAsync(5 * KNOCK_INTERVAL)
  expect(world.knocks).toHaveLength(5 * KNOCKS_AT_ONCE)
  expect(new Set(world.knocks).size).toBe(40)
})

it('after a minute one is asked now and then, and after an hour nobody', async () => {
  const { world, lose } = scene()
  lose(10)
  await vi.advanceTimersByTimeAsync(QUICK_FOR + KNOCK_INTERVAL)
  world.knocks = []
  await vi.advanceTimersByTimeAsync(100 * SLOW_EVERY * KNOCK_INTERVAL)
  expect(world.knocks).toHaveLength(100)
  expect(new Set(world.knocks).size).toBe(10)
  await vi.advanceTimersByTimeAsync(SLOW_FOR)
  world.knocks = []
  await vi.advanceTimersByTimeAsync(SLOW_FOR)
  expect(world.knocks).toEqual([])
})

it('who came back by himself, or has left, is not asked for', async () => {
  const { world, reunion, lose } = scene()
  lose(3)
  world.connected.add(device(0))
  reunion.forget(device(1))
  await vi.advanceTimersByTimeAsync(KNOCK_INTERVAL)
  expect(world.knocks).toEqual([`/ip4/${hostOf(2)}/tcp/4001`])
})
