import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PARALLEL_DIALS } from '../../../../src/p2p/node/constants.ts'
import { createDialer } from '../../../../src/p2p/node/dialer.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'

const device = (n: number) => n.toString(16).padStart(64, '0') as DeviceId
const [low, self, high] = [device(1), device(2), device(3)]

/** A world in which nobody answers, until told otherwise. Time is the test's. */
const scene = () => {
  const world = {
    dialled: [] as DeviceId[],
    present: new Set<DeviceId>(),
    connected: new Set<DeviceId>(),
    answers: true,
  }
  const dialer = createDialer({
    self,
    now: () => Date.now(),
    random: () => 0.5,
    connect: (device, signal) => {
      world.dialled.push(device)
      if (world.answers) return Promise.reject(new Error('nobody there'))
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
    hasAddress: () => true,
    isPresent: device => world.present.has(device),
    isConnected: device => world.connected.has(device),
    isWanted: () => true,
  })
  return { world, dialer }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the dialer', () => {
  it('dials a higher device at once and leaves a lower one the time to dial', async () => {
    const { world, dialer } = scene()
    dialer.heard(high, 'new')
    dialer.heard(low, 'new')
    await vi.advanceTimersByTimeAsync(100)
    expect(world.dialled).toEqual([high])
    await vi.advanceTimersByTimeAsync(4_500)
    expect(world.dialled).toContain(low)
  })

  it('tries an absent device ever more rarely', async () => {
    const { world, dialer } = scene()
    dialer.round([high])
    await vi.advanceTimersByTimeAsync(3 * 3_600_000)
    expect(world.dialled.length).toBe(9)
  })

  it('dials at once when somebody who was absent is heard', async () => {
    const { world, dialer } = scene()
    dialer.round([high])
    await vi.advanceTimersByTimeAsync(3_600_000)
    const before = world.dialled.length
    world.present.add(high)
    dialer.heard(high, 'new')
    await vi.advanceTimersByTimeAsync(100)
    expect(world.dialled.length).toBe(before + 1)
  })

  it('stops when there is a connection, and starts again when it is lost', async () => {
    const { world, dialer } = scene()
    dialer.heard(high, 'new')
    world.connected.add(high)
    dialer.connected(high)
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(world.dialled).toEqual([])
    world.connected.delete(high)
    dialer.lost(high)
    await vi.advanceTimersByTimeAsync(100)
    expect(world.dialled).toEqual([high])
  })

  it('dials where a colleague says that somebody is, but news without end start no dials without end', async () => {
    const { world, dialer } = scene()
    for (let n = 0; n < 60; n++) {
      dialer.told(high, false)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    // at once, 30 s later by the usual back-off, and not once for each piece of news
    expect(world.dialled).toEqual([high, high])
  })

  it('tries somebody who has just said where he is as if he were seen', async () => {
    const { world, dialer } = scene()
    dialer.told(high, true)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(world.dialled.length).toBeGreaterThan(2)
  })

  it('tries somebody who was lost often for a minute, then as seldom as anybody who is absent', async () => {
    const { world, dialer } = scene()
    dialer.lost(high)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.dialled.length).toBeGreaterThan(5)
    const before = world.dialled.length
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(world.dialled.length - before).toBeLessThan(10)
  })

  it('does not wait for a dial from before, when somebody listens there again', async () => {
    const { world, dialer } = scene()
    world.answers = false
    dialer.lost(high)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(world.dialled).toEqual([high])
    dialer.answered(high)
    await vi.advanceTimersByTimeAsync(100)
    expect(world.dialled).toEqual([high, high])
  })

  it('keeps to its number of dials at once, with room for those who are present', async () => {
    const { world, dialer } = scene()
    world.answers = false
    const absent = Array.from({ length: 40 }, (_, n) => device(100 + n))
    const present = Array.from({ length: 40 }, (_, n) => device(200 + n))
    for (const one of present) world.present.add(one)
    dialer.round(absent)
    for (const one of present) dialer.heard(one, 'new')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(world.dialled.filter(one => absent.includes(one))).toHaveLength(PARALLEL_DIALS.absent)
    expect(world.dialled.filter(one => present.includes(one))).toHaveLength(PARALLEL_DIALS.present)
  })

  it('forgets whom nobody wants any more, and everything when it stops', async () => {
    const { world, dialer } = scene()
    dialer.heard(high, 'new')
    dialer.heard(low, 'new')
    dialer.forget(high)
    dialer.stop()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(world.dialled).toEqual([])
  })
})
