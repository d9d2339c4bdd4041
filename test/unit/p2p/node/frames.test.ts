import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../../../src/crypto/bytes.ts'
import { createFrameDecoder, encodeFrame, encodeLength, FrameError } from '../../../../src/p2p/node/frames.ts'

const faultOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof FrameError) return error.fault
    throw error
  }
  return undefined
}

describe('frames', () => {
  it('come out whole and in order, however the bytes were cut', () => {
    const frame = fc.uint8Array({ minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        (frames, cuts) => {
          const bytes = concatBytes(...frames.map(encodeFrame))
          const decoder = createFrameDecoder(400)
          const out: Uint8Array[] = []
          for (let at = 0, n = 0; at < bytes.length; n++) {
            const size = cuts[n % cuts.length] ?? 1
            out.push(...decoder.push(bytes.subarray(at, at + size)))
            at += size
          }
          expect(out).toEqual(frames)
          expect(decoder.isPartial).toBe(false)
        },
      ),
    )
  })

  it('refuses a frame that is too large by its length alone', () => {
    const decoder = createFrameDecoder(1_000)
    expect(faultOf(() => decoder.push(encodeLength(1_001)))).toBe('too-large')
    expect(faultOf(() => createFrameDecoder(1_000).push(encodeLength(1_000)))).toBeUndefined()
  })

  it.each([
    ['empty', [0]],
    ['length-malformed', [0x80, 0x00]],
    ['length-malformed', [0xff, 0xff, 0xff, 0xff, 0x01]],
  ])('refuses a length that is %s', (fault, bytes) => {
    expect(faultOf(() => createFrameDecoder(1_000).push(Uint8Array.from(bytes)))).toBe(fault)
  })

  it('arrives whole when it is large and comes in pieces of all sizes', () => {
    const frame = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251)
    const bytes = encodeFrame(frame)
    const decoder = createFrameDecoder(frame.length)
    const out: Uint8Array[] = []
    for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 3) % 70_001)
      out.push(...decoder.push(bytes.subarray(at, at + size)))
    expect(out).toEqual([frame])
  })

  it('takes no memory for bytes that are announced and do not come', () => {
    const before = process.memoryUsage().arrayBuffers
    const decoders = Array.from({ length: 100 }, () => createFrameDecoder(16_000_000))
    for (const decoder of decoders) decoder.push(encodeLength(16_000_000))
    expect(decoders.every(({ isPartial }) => isPartial)).toBe(true)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000)
  })

  it('may be empty where that is a sign of life', () => {
    const decoder = createFrameDecoder(10, { allowEmpty: true })
    expect(decoder.push(Uint8Array.of(0, 1, 7, 0))).toEqual([Uint8Array.of(), Uint8Array.of(7), Uint8Array.of()])
    expect(decoder.isPartial).toBe(false)
  })

  it('knows when it stands inside a frame', () => {
    const decoder = createFrameDecoder(10)
    expect(decoder.isPartial).toBe(false)
    decoder.push(Uint8Array.of(3, 1))
    expect(decoder.isPartial).toBe(true)
    expect(decoder.push(Uint8Array.of(2, 3))).toEqual([Uint8Array.of(1, 2, 3)])
    expect(decoder.isPartial).toBe(false)
  })

  it('never hangs or holds more than a frame on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), bytes => {
        const decoder = createFrameDecoder(64)
        const fault = faultOf(() => {
          for (const frame of decoder.push(bytes)) expect(frame.length).toBeLessThanOrEqual(64)
        })
        return fault === undefined || ['empty', 'too-large', 'length-malformed'].includes(fault)
      }),
    )
  })
})
