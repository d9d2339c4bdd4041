import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeCanonical } from '../../../../src/crypto/index.ts'
import { MAX_ACKNOWLEDGED_IDS } from '../../../../src/engine/delivery/constants.ts'
import { decodeFrame, encodeFrame, type MessageFrame } from '../../../../src/engine/delivery/frames.ts'
import { isLanyardError } from '../../../../src/shared/errors.ts'
import type { EnvelopeId } from '../../../../src/shared/ids.ts'
import { MAX_ENVELOPE_BYTES, MAX_MESSAGE_FRAME_BYTES } from '../../../../src/shared/limits.ts'

const id = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map(bytes => Buffer.from(bytes).toString('hex') as EnvelopeId)
const bytes = fc.uint8Array({ minLength: 1, maxLength: 2_000 })
const ids = fc.array(id, { minLength: 1, maxLength: 40 })
const frame: fc.Arbitrary<MessageFrame> = fc.oneof(
  fc.record({ kind: fc.constant('envelope' as const), id, sealed: bytes }),
  fc.record({ kind: fc.constant('acknowledgement' as const), ids }),
  fc.record({ kind: fc.constant('refusal' as const), ids }),
  fc.record({ kind: fc.constant('reset' as const), statement: bytes }),
  fc.record({ kind: fc.constant('prekeys' as const), bundle: bytes }),
)

test('every frame reads back as it was written', () => {
  fc.assert(
    fc.property(frame, value => {
      expect(decodeFrame(encodeFrame(value))).toEqual(value)
    }),
  )
})

test('the largest envelope and the longest acknowledgement fit into a frame of the stream', () => {
  const largest = encodeFrame({
    kind: 'envelope',
    id: 'f'.repeat(32) as EnvelopeId,
    sealed: new Uint8Array(MAX_ENVELOPE_BYTES),
  })
  const longest = encodeFrame({
    kind: 'acknowledgement',
    ids: Array.from({ length: MAX_ACKNOWLEDGED_IDS }, () => 'f'.repeat(32) as EnvelopeId),
  })
  expect(largest.length).toBeLessThanOrEqual(MAX_MESSAGE_FRAME_BYTES)
  expect(longest.length).toBeLessThanOrEqual(MAX_MESSAGE_FRAME_BYTES)
})

test("Mallory's bytes are refused by code, whatever they are", () => {
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    frame.map(value => encodeFrame(value).subarray(0, -1)),
    fc.tuple(frame, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([value, at, flip]) => {
      const changed = encodeFrame(value).slice()
      const index = at % Math.min(changed.length, 4)
      changed[index] = (changed[index] ?? 0) ^ flip
      return changed
    }),
  )
  fc.assert(
    fc.property(hostile, input => {
      try {
        expect(encodeFrame(decodeFrame(input))).toEqual(new Uint8Array(input)) // still a frame, then exactly this one
      } catch (error) {
        expect(isLanyardError(error) && error.code).toMatch(/^document-(malformed|too-large)$/)
      }
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['another type', [9, new Uint8Array(16)]],
  ['a field too many', [2, [new Uint8Array(16)], 1]],
  ['no ids', [2, []]],
  ['too many ids', [2, Array.from({ length: MAX_ACKNOWLEDGED_IDS + 1 }, () => new Uint8Array(16))]],
  ['a short id', [1, new Uint8Array(15), new Uint8Array(10)]],
  ['an empty envelope', [1, new Uint8Array(16), new Uint8Array(0)]],
  ['text for bytes', [3, 'reset']],
])('a frame with %s is refused', (_, value) => {
  expect(() => decodeFrame(encodeCanonical(value))).toThrow(expect.objectContaining({ code: 'document-malformed' }))
})
