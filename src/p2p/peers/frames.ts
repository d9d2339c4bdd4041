import * as z from 'zod/mini'
import { decodeCanonical, encodeCanonical, fromHex, toHex } from '../../crypto/index.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { MAX_HOLDINGS, MAX_PEERS_FRAME_BYTES, MAX_RECORD_BYTES, MAX_RECORDS_PER_FRAME } from './constants.ts'

/** What one side holds: the number of the record of each device. */
export type Holdings = ReadonlyMap<DeviceId, number>

/** What two members say to each other on `/lanyard/peers/1`, canonical CBOR. Records are signed envelopes, as bytes. */
export type PeersFrame =
  /** `[1, [* [device, seq]]]`: this is what I hold; what do you have beyond it? Answered by `answer`. */
  | { kind: 'held'; holdings: Holdings }
  /** `[2, [* record], [* device]]`: what you lack, and of whom I lack the record or hold an older one. */
  | { kind: 'answer'; records: readonly Uint8Array[]; wanted: readonly DeviceId[] }
  /** `[3, [* record]]`: take these. Not answered. */
  | { kind: 'told'; records: readonly Uint8Array[] }

/** The other side sent something else. */
export class MalformedPeersError extends Error {
  override readonly name = 'MalformedPeersError'
}

const DEVICE_BYTES = 32

const device = z.pipe(
  z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length === DEVICE_BYTES)),
  z.transform(bytes => toHex(bytes) as DeviceId),
)
const records = z
  .array(z.instanceof(Uint8Array).check(z.refine(bytes => bytes.length <= MAX_RECORD_BYTES)))
  .check(z.maxLength(MAX_RECORDS_PER_FRAME))
const seq = z.number().check(z.nonnegative())

const schema = z.union([
  z.tuple([z.literal(1), z.array(z.tuple([device, seq])).check(z.maxLength(MAX_HOLDINGS))]),
  z.tuple([z.literal(2), records, z.array(device).check(z.maxLength(MAX_RECORDS_PER_FRAME))]),
  z.tuple([z.literal(3), records]),
])

export const encodePeersFrame = (frame: PeersFrame): Uint8Array => {
  switch (frame.kind) {
    case 'held':
      return encodeCanonical([1, [...frame.holdings].map(([one, number]) => [fromHex(one), number])])
    case 'answer':
      return encodeCanonical([2, [...frame.records], frame.wanted.map(one => fromHex(one))])
    case 'told':
      return encodeCanonical([3, [...frame.records]])
  }
}

/** Throws MalformedPeersError. */
export const decodePeersFrame = (bytes: Uint8Array): PeersFrame => {
  try {
    const frame = schema.parse(decodeCanonical(bytes, { maxBytes: MAX_PEERS_FRAME_BYTES }))
    switch (frame[0]) {
      case 1:
        return { kind: 'held', holdings: new Map(frame[1]) }
      case 2:
        return { kind: 'answer', records: frame[1], wanted: frame[2] }
      case 3:
        return { kind: 'told', records: frame[1] }
    }
  } catch (cause) {
    throw new MalformedPeersError('Not a frame of peer exchange', { cause })
  }
}
