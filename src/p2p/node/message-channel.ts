import type { Stream } from '@libp2p/interface'
import { concatBytes } from '../../crypto/index.ts'
import { MAX_MESSAGE_FRAME_BYTES } from '../../shared/limits.ts'
import {
  HEARTBEAT_INTERVAL,
  MAX_OUTGOING_BYTES,
  MAX_UNSETTLED_BYTES,
  OUTGOING_LOW_BYTES,
  UNSETTLED_LOW_BYTES,
} from './constants.ts'
import { createFrameDecoder, encodeLength, FrameError } from './frames.ts'

export interface MessageChannelInit {
  stream: Stream
  now(): number
  /** Counts frames that came; returns the milliseconds until more may be read. */
  pace(frames: number): number
  /** `waitUntil` counts the frame as unsettled until the promise settles; too many unsettled bytes pause the sender. */
  onFrame(frame: Uint8Array, waitUntil: (work: Promise<unknown>) => void): void
  /** The queue was full and has room again. */
  onDrain(): void
  /** The other side broke the framing. */
  onOffence(error: FrameError): void
}

export interface MessageChannel {
  /** False when the queue is full or the stream has ended; throws RangeError on a frame that is empty or too large. */
  send(frame: Uint8Array): boolean
  readonly canSend: boolean
  /** Says that we are there, unless something was sent within the interval. */
  beat(): void
  /** Milliseconds since the other side was heard; 0 while reading is paused, because nothing can be heard then. */
  silence(): number
  /** Our own process was held up: what was sent to us may still wait to be read. */
  excuse(): void
}

const SIGN_OF_LIFE = Uint8Array.of(0)

/** Frames both ways on the one long-lived stream of a connected pair, with bounded queues on both sides. */
export const createMessageChannel = ({
  stream,
  now,
  pace,
  onFrame,
  onDrain,
  onOffence,
}: MessageChannelInit): MessageChannel => {
  const decoder = createFrameDecoder(MAX_MESSAGE_FRAME_BYTES, { allowEmpty: true })
  let outgoing: Uint8Array[] = []
  let outgoingBytes = 0
  let isFlushPlanned = false
  let wasRefused = false
  let unsettled = 0
  let tooFast: NodeJS.Timeout | undefined
  let isBroken = false
  let sentAt = now()
  let heardAt = now()

  const isWritable = () => stream.status === 'open' && stream.writeStatus === 'writable'
  const waiting = () => outgoingBytes + stream.writeBufferLength

  const flush = () => {
    isFlushPlanned = false
    const batch = outgoing
    outgoing = []
    outgoingBytes = 0
    if (isWritable()) stream.send(concatBytes(...batch))
    sentAt = now()
    drainIfLow()
  }
  // frames of one turn leave together: one Yamux and one Noise frame for many small messages
  const planFlush = () => {
    if (isFlushPlanned) return
    isFlushPlanned = true
    queueMicrotask(flush)
  }
  const drainIfLow = () => {
    if (!wasRefused || !isWritable() || waiting() > OUTGOING_LOW_BYTES) return
    wasRefused = false
    onDrain()
  }
  const pause = () => {
    if (stream.readStatus === 'readable') stream.pause()
  }
  const resumeIfDue = () => {
    if (unsettled > UNSETTLED_LOW_BYTES || tooFast !== undefined || stream.readStatus !== 'paused') return
    heardAt = now()
    stream.resume()
  }
  const settle = (bytes: number) => {
    unsettled -= bytes
    resumeIfDue()
  }
  const keepPace = (frames: number) => {
    const wait = pace(frames)
    if (wait === 0) return
    pause()
    clearTimeout(tooFast)
    tooFast = setTimeout(() => {
      tooFast = undefined
      resumeIfDue()
    }, wait)
  }
  const hold = (bytes: number, work: Promise<unknown>) => {
    unsettled += bytes
    const release = () => settle(bytes)
    work.then(release, release) // the owner of the work handles its failure; here only the room counts
    if (unsettled > MAX_UNSETTLED_BYTES) pause()
  }

  stream.addEventListener('drain', () => setImmediate(drainIfLow)) // libp2p sends its own buffer first
  stream.addEventListener('idle', () => setImmediate(drainIfLow))
  stream.addEventListener('close', () => clearTimeout(tooFast))
  stream.addEventListener('message', ({ data }) => {
    if (isBroken) return
    heardAt = now()
    let frames: Uint8Array[]
    try {
      frames = decoder.push(data.subarray())
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      isBroken = true
      onOffence(error)
      return
    }
    keepPace(frames.length)
    for (const frame of frames) if (frame.length > 0) onFrame(frame, work => hold(frame.length, work))
  })

  return {
    beat() {
      if (now() - sentAt < HEARTBEAT_INTERVAL || !isWritable() || waiting() > 0) return
      sentAt = now()
      stream.send(SIGN_OF_LIFE)
    },
    silence: () => (stream.readStatus === 'paused' ? 0 : now() - heardAt),
    excuse: () => {
      heardAt = now()
    },
    get canSend() {
      return isWritable() && waiting() < MAX_OUTGOING_BYTES
    },
    send(frame) {
      if (frame.length === 0 || frame.length > MAX_MESSAGE_FRAME_BYTES)
        throw new RangeError(`A frame has 1 to ${MAX_MESSAGE_FRAME_BYTES} bytes, not ${frame.length}`)
      if (!isWritable()) return false
      if (waiting() + frame.length > MAX_OUTGOING_BYTES) {
        wasRefused = true
        return false
      }
      outgoing.push(encodeLength(frame.length), frame)
      outgoingBytes += frame.length
      planFlush()
      return true
    },
  }
}
