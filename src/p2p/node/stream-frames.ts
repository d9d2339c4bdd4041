import { type Stream, StreamResetError } from '@libp2p/interface'
import { createFrameDecoder, encodeFrame, FrameError } from './frames.ts'

/** Sends one frame; the end of our side is said separately with `stream.close`. */
export const writeFrame = (stream: Stream, frame: Uint8Array): void => {
  stream.send(encodeFrame(frame))
}

/**
 * The frames of a short-lived stream as they come. Ends when the other side closes its half; throws FrameError on broken
 * framing or too many frames, the stream's own error when it is reset, and the signal's reason. Reading pauses while the
 * consumer is busy, so no more than a window and a frame are held.
 */
export async function* readFrames(
  stream: Stream,
  { maxBytes, maxFrames, signal }: { maxBytes: number; maxFrames: number; signal?: AbortSignal },
): AsyncGenerator<Uint8Array, void, void> {
  const decoder = createFrameDecoder(maxBytes)
  const frames: Uint8Array[] = []
  let count = 0
  let isEnded = false
  let failure: unknown
  let wake: () => void = () => undefined

  const finish = (error?: unknown) => {
    failure ??= error
    isEnded = true
    wake()
  }
  const onMessage = ({ data }: { data: { subarray(): Uint8Array } }) => {
    try {
      const complete = decoder.push(data.subarray())
      count += complete.length
      if (count > maxFrames) throw new FrameError('too-many', `More than ${maxFrames} frames`)
      frames.push(...complete)
      if (frames.length > 0 && stream.readStatus === 'readable') stream.pause()
      wake()
    } catch (error) {
      finish(error)
    }
  }
  // 'end' comes after the last byte was delivered; 'close' may come before
  const onEnd = () =>
    finish(decoder.isPartial ? new FrameError('truncated', 'The stream ended inside a frame') : undefined)
  const onClose = ({ error }: { error?: Error }) => {
    if (error !== undefined) finish(error)
  }
  const onAbort = () => finish(signal?.reason ?? new Error('aborted'))

  signal?.throwIfAborted()
  signal?.addEventListener('abort', onAbort)
  stream.addEventListener('message', onMessage)
  stream.addEventListener('end', onEnd)
  stream.addEventListener('close', onClose)
  if (stream.readableEnded) onEnd()
  if (stream.status === 'reset' || stream.status === 'aborted') finish(new StreamResetError())
  try {
    while (true) {
      const frame = frames.shift()
      if (frame !== undefined) yield frame
      else if (failure !== undefined) throw failure
      else if (isEnded) return
      else if (stream.readStatus === 'paused') stream.resume()
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stream.removeEventListener('message', onMessage)
    stream.removeEventListener('end', onEnd)
    stream.removeEventListener('close', onClose)
  }
}

/** The first frame of a stream; throws like `readFrames`, and FrameError `truncated` when there is none. */
export const readFrame = async (
  stream: Stream,
  options: { maxBytes: number; signal?: AbortSignal },
): Promise<Uint8Array> => {
  for await (const frame of readFrames(stream, { ...options, maxFrames: 1 })) return frame
  throw new FrameError('truncated', 'The stream ended without a frame')
}
