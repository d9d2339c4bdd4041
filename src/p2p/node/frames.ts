import { concatBytes } from '../../crypto/index.ts'

/**
 * Framing of all Lanyard streams: an unsigned LEB128 length (at most 4 bytes), then that many bytes. An empty frame is a
 * sign of life on the message stream and refused elsewhere.
 */

const MAX_LENGTH_BYTES = 4

/** Bytes held for a body before any of it came: to announce 16 MiB must not cost us 16 MiB. */
const FIRST_BODY_BYTES = 64 * 1024

export type FrameFault = 'length-malformed' | 'empty' | 'too-large' | 'too-many' | 'truncated'

/** The other side broke the framing: the stream cannot be read on. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
  readonly fault: FrameFault

  constructor(fault: FrameFault, message: string) {
    super(message)
    this.fault = fault
  }
}

/** The bytes that go before a frame. */
export const encodeLength = (length: number): Uint8Array => {
  const bytes: number[] = []
  let rest = length
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  return Uint8Array.from([...bytes, rest])
}

export const encodeFrame = (frame: Uint8Array): Uint8Array => concatBytes(encodeLength(frame.length), frame)

export interface FrameDecoder {
  /** Frames that the chunk completes. Throws FrameError; after that the decoder must not be used. */
  push(chunk: Uint8Array): Uint8Array[]
  /** True in the middle of a frame: the end of the stream here means that bytes are missing. */
  readonly isPartial: boolean
}

/** Cuts a byte stream into frames. Holds at most one frame of `maxBytes`, and refuses a larger one by its length alone. */
export const createFrameDecoder = (maxBytes: number, { allowEmpty = false } = {}): FrameDecoder => {
  let length = 0
  let lengthBytes = 0
  let body: Uint8Array | undefined
  let bodyLength = 0
  let filled = 0

  const beginBody = () => {
    if (length === 0 && !allowEmpty) throw new FrameError('empty', 'A frame of no bytes')
    if (length > maxBytes) throw new FrameError('too-large', `A frame of ${length} bytes where ${maxBytes} are allowed`)
    body = new Uint8Array(Math.min(length, FIRST_BODY_BYTES))
    bodyLength = length
    filled = 0
    length = 0
    lengthBytes = 0
  }
  /** Grows with what arrives, by doubling: at most twice what came, and each byte is copied about once. */
  const append = (current: Uint8Array, part: Uint8Array): Uint8Array => {
    let room = current
    if (filled + part.length > room.length) {
      room = new Uint8Array(Math.min(bodyLength, Math.max(2 * current.length, filled + part.length)))
      room.set(current.subarray(0, filled))
    }
    room.set(part, filled)
    filled += part.length
    return room
  }
  const readLengthByte = (byte: number) => {
    lengthBytes += 1
    length |= (byte & 0x7f) << (7 * (lengthBytes - 1))
    if (byte < 0x80) {
      if (byte === 0 && lengthBytes > 1) throw new FrameError('length-malformed', 'A length that is longer than needed')
      beginBody()
    } else if (lengthBytes === MAX_LENGTH_BYTES) {
      throw new FrameError('length-malformed', `A length of more than ${MAX_LENGTH_BYTES} bytes`)
    }
  }

  return {
    get isPartial() {
      return lengthBytes > 0 || body !== undefined
    },
    push(chunk) {
      const frames: Uint8Array[] = []
      let at = 0
      while (at < chunk.length) {
        if (body === undefined) {
          readLengthByte(chunk[at] ?? 0)
          at += 1
        } else {
          const part = chunk.subarray(at, at + bodyLength - filled)
          body = append(body, part)
          at += part.length
        }
        if (body !== undefined && filled === bodyLength) {
          frames.push(body)
          body = undefined
        }
      }
      return frames
    },
  }
}
