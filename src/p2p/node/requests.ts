import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { MAX_BUNDLE_BYTES, MAX_ORG_REQUEST_BYTES } from '../../shared/limits.ts'
import type { Log } from '../../shared/log.ts'
import type { Admission } from './admission.ts'
import {
  JOIN_PROTOCOL,
  MAX_ANSWERS,
  MAX_DEVICE_REQUESTS,
  MAX_JOIN_FRAME_BYTES,
  MAX_REQUEST_STREAMS,
  ORG_PROTOCOL,
  REQUEST_TIMEOUT,
} from './constants.ts'
import { FrameError } from './frames.ts'
import { deviceOf } from './peer-ids.ts'
import { createSeats } from './seats.ts'
import { readFrame, readFrames, writeFrame } from './stream-frames.ts'

export type RequestProtocol = typeof ORG_PROTOCOL | typeof JOIN_PROTOCOL

export interface IncomingRequest {
  /** Proven by Noise. */
  device: DeviceId
  bytes: Uint8Array
  /** Aborted when the asker goes away or the network stops. */
  signal: AbortSignal
}

/** One answer, or several over time on the same stream ('pending' now, the decision when it is made). */
export type RequestHandler = (request: IncomingRequest) => Promise<Uint8Array> | AsyncIterable<Uint8Array>

export interface RequestsInit {
  libp2p: Libp2p
  admit(device: DeviceId): Admission
  offend(device: DeviceId, what: string): void
  /** An open connection; dials when there is none. */
  connectionTo(device: DeviceId, signal: AbortSignal | undefined): Promise<Connection>
  log: Log
}

export interface Requests {
  handle(protocol: RequestProtocol, handler: RequestHandler): Promise<void>
  ask(device: DeviceId, protocol: RequestProtocol, bytes: Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array>
  stop(): void
}

const bounds = {
  [ORG_PROTOCOL]: { maxRequest: MAX_ORG_REQUEST_BYTES, maxAnswer: MAX_BUNDLE_BYTES },
  [JOIN_PROTOCOL]: { maxRequest: MAX_JOIN_FRAME_BYTES, maxAnswer: MAX_BUNDLE_BYTES },
} as const

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

/** One request frame, one or more answer frames, a stream for each request. */
export const createRequests = ({ libp2p, admit, offend, connectionTo, log }: RequestsInit): Requests => {
  const stopping = new AbortController()
  const asking = createSeats(MAX_REQUEST_STREAMS)
  const answering = createSeats(MAX_DEVICE_REQUESTS)

  const isAllowed = (device: DeviceId, protocol: RequestProtocol) => {
    const admission = admit(device)
    return admission === 'member' || (admission === 'join-only' && protocol === JOIN_PROTOCOL)
  }

  const answer = async (protocol: RequestProtocol, handler: RequestHandler, stream: Stream, device: DeviceId) => {
    const gone = new AbortController()
    stream.addEventListener('close', () => gone.abort(new Error('the asker went away')))
    const signal = AbortSignal.any([gone.signal, stopping.signal])
    const bytes = await readFrame(stream, {
      maxBytes: bounds[protocol].maxRequest,
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT)]),
    })
    const answers = handler({ device, bytes, signal })
    if (answers instanceof Promise) writeFrame(stream, await answers)
    else for await (const frame of answers) writeFrame(stream, frame)
    await stream.close({ signal })
  }

  return {
    async handle(protocol, handler) {
      await libp2p.handle(
        protocol,
        async (stream, connection) => {
          const device = deviceOf(connection.remotePeer)
          if (device === undefined || !isAllowed(device, protocol)) {
            stream.abort(new Error('not allowed'))
            if (device !== undefined) offend(device, `${protocol} is not open to it`)
            return
          }
          const leave = answering.tryTake(`${protocol} ${device}`)
          if (leave === undefined) {
            stream.abort(new Error('too many requests at once'))
            return
          }
          try {
            await answer(protocol, handler, stream, device)
          } catch (error) {
            stream.abort(asError(error))
            if (error instanceof FrameError && error.fault !== 'truncated') offend(device, error.message)
            else log.debug({ device, protocol, error: String(error) }, 'a request was not answered')
          } finally {
            leave()
          }
        },
        { maxInboundStreams: MAX_REQUEST_STREAMS, force: true },
      )
    },
    async *ask(device, protocol, bytes, outer) {
      const { maxRequest, maxAnswer } = bounds[protocol]
      if (bytes.length === 0 || bytes.length > maxRequest)
        throw new RangeError(`A request on ${protocol} has 1 to ${maxRequest} bytes, not ${bytes.length}`)
      const signal = outer === undefined ? stopping.signal : AbortSignal.any([outer, stopping.signal])
      let stream: Stream | undefined
      let leave: (() => void) | undefined
      try {
        leave = await asking.take(`${protocol} ${device}`, signal)
        const connection = await connectionTo(device, signal)
        stream = await connection.newStream(protocol, { signal })
        writeFrame(stream, bytes)
        const closing = stream.close({ signal })
        closing.catch(() => undefined) // a reset shows in the answers too
        yield* readFrames(stream, { maxBytes: maxAnswer, maxFrames: MAX_ANSWERS, signal })
        await closing
      } catch (cause) {
        stream?.abort(asError(cause))
        if (outer?.aborted === true) throw new LanyardError('cancelled', 'The request was cancelled', { cause })
        throw new LanyardError('network-failed', `The request on ${protocol} failed`, { cause, retryable: true })
      } finally {
        // the asker has enough: tell the other side to stop
        if (stream?.status === 'open') stream.abort(new Error('no more answers wanted'))
        leave?.()
      }
    },
    stop: () => stopping.abort(new Error('the network stops')),
  }
}
