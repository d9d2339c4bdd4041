import { concatBytes } from '../../crypto/bytes.ts'

/**
 * Framing of all Lanyard streams: an unsigned LEB128 length (at most 4 bytes), then that many bytes. An empty frame is a
 * sign of life on the message stream and refused elsewhere.
 */

const MAX_LENGTH_BYTES = 4

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
  let filled = 0

  const beginBody = () => {
    if (length === 0 && !allowEmpty) throw new FrameError('empty', 'A frame of no bytes')
    if (length > maxBytes) throw new FrameError('too-large', `A frame of ${length} bytes where ${maxBytes} are allowed`)
    body = new Uint8Array(length)
    filled = 0
    length = 0
    lengthBytes = 0
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
          const part = chunk.subarray(at, at + body.length - filled)
          body.set(part, filled)
          filled += part.length
          at += part.length
        }
        if (body !== undefined && filled === body.length) {
          frames.push(body)
          body = undefined
        }
      }
      return frames
    },
  }
}
