import { afterEach, describe, expect, test } from 'vitest'
import type { Port } from '../../src/shared/rpc/port.ts'

export interface PortPair {
  alice: Port
  bob: Port
  /** Ends whatever carries the two. */
  dispose(): Promise<void> | void
}

/** Collects frames and resolves when there are as many as the story needs. */
export const collect = (port: Port, wanted: number): Promise<unknown[]> =>
  new Promise(resolve => {
    const frames: unknown[] = []
    port.onFrame(frame => {
      frames.push(frame)
      if (frames.length === wanted) resolve(frames)
    })
  })

export const closed = (port: Port): Promise<void> => new Promise(resolve => port.onClose(resolve))

const everyKind = {
  nothing: null,
  flags: [true, false],
  numbers: [0, -1, 1.5, Number.MAX_SAFE_INTEGER, 1_760_000_000_000],
  text: 'Grüße, 世界, 🪪',
  bytes: new Uint8Array([0, 1, 254, 255]),
  nested: { list: [{ deep: [[]] }] },
}

/** What every Port must do, whatever carries it. */
export const describePort = (name: string, connect: () => Promise<PortPair>): void => {
  describe(`a port over ${name}`, () => {
    let pair: PortPair | undefined
    const open = async () => {
      pair = await connect()
      return pair
    }
    afterEach(async () => {
      await pair?.dispose()
      pair = undefined
    })

    test('carries every kind of value both ways', async () => {
      const { alice, bob } = await open()
      const atBob = collect(bob, 1)
      const atAlice = collect(alice, 1)
      alice.post(everyKind)
      bob.post(everyKind)
      expect(await atBob).toEqual([everyKind])
      expect(await atAlice).toEqual([everyKind])
    })

    test('keeps a thousand frames whole, in order and single', async () => {
      const { alice, bob } = await open()
      const arrived = collect(bob, 1_000)
      const sent = Array.from({ length: 1_000 }, (_, i) => ({ i, padding: 'x'.repeat((i * 37) % 2_000) }))
      for (const frame of sent) alice.post(frame)
      expect(await arrived).toEqual(sent)
    })

    test('gives the other side a copy', async () => {
      const { alice, bob } = await open()
      const arrived = collect(bob, 1)
      const frame = { list: [1], bytes: new Uint8Array([1]) }
      alice.post(frame)
      frame.list.push(2)
      frame.bytes[0] = 9
      expect(await arrived).toEqual([{ list: [1], bytes: new Uint8Array([1]) }])
    })

    test('holds what comes before the first listener', async () => {
      const { alice, bob } = await open()
      alice.post('one')
      alice.post('two')
      // A frame the other way that Bob posted after Alice's is proof that time has passed.
      const echo = collect(alice, 1)
      bob.post('meanwhile')
      await echo
      expect(await collect(bob, 2)).toEqual(['one', 'two'])
    })

    test('delivers what was posted right before closing', async () => {
      const { alice, bob } = await open()
      const arrived = collect(bob, 2)
      alice.post('last words')
      alice.post('of Alice')
      alice.close()
      expect(await arrived).toEqual(['last words', 'of Alice'])
    })

    test('tells both ends of a close, once', async () => {
      const { alice, bob } = await open()
      const told = { alice: 0, bob: 0 }
      alice.onFrame(() => undefined)
      bob.onFrame(() => undefined)
      alice.onClose(() => told.alice++)
      const atBob = closed(bob)
      bob.onClose(() => told.bob++)
      alice.close()
      alice.close()
      await atBob
      bob.close()
      expect(told).toEqual({ alice: 1, bob: 1 })
    })

    test('tells a listener that comes after the close', async () => {
      const { alice, bob } = await open()
      bob.onFrame(() => undefined)
      const atBob = closed(bob)
      alice.close()
      await atBob
      await closed(alice)
      await closed(bob)
    })

    test('lets nothing through after a close', async () => {
      const { alice, bob } = await open()
      const frames: unknown[] = []
      bob.onFrame(frame => frames.push(frame))
      const atBob = closed(bob)
      alice.close()
      alice.post('too late')
      await atBob
      bob.post('too late as well')
      expect(frames).toEqual([])
    })
  })
}
