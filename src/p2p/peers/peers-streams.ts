import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import type { DeviceId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { FrameError } from '../node/frames.ts'
import { createPaces } from '../node/paces.ts'
import { deviceOf } from '../node/peer-ids.ts'
import { createSeats } from '../node/seats.ts'
import { readFrames, writeFrame } from '../node/stream-frames.ts'
import {
  EXCHANGE_BURST,
  EXCHANGE_TIMEOUT,
  EXCHANGES_PER_SECOND,
  MAX_PEERS_FRAME_BYTES,
  MAX_PEERS_FRAMES,
  MAX_PEERS_STREAMS,
  MAX_RECORDS_PER_FRAME,
  PARALLEL_EXCHANGES,
  PEERS_PROTOCOL,
} from './constants.ts'
import { decodePeersFrame, encodePeersFrame, type Holdings, MalformedPeersError, type PeersFrame } from './frames.ts'
import { MalformedRecordError, type PeerRecord } from './peer-record.ts'

export interface PeersStreamsInit {
  libp2p: Libp2p
  /** The connection of the session with a member; undefined when there is none. */
  connection(device: DeviceId): Connection | undefined
  isMember(device: DeviceId): boolean
  offend(device: DeviceId, what: string): void
  /** Milliseconds of a clock that is never set. */
  now(): number
  log: Log
  holdings(): Holdings
  /** What a colleague who holds this lacks, and of whom we lack what it holds. */
  compare(device: DeviceId, theirs: Holdings): { records: PeerRecord[]; wanted: DeviceId[] }
  recordsOf(devices: readonly DeviceId[]): PeerRecord[]
  /** Takes over what is news and returns how many were. Throws MalformedRecordError. */
  take(records: readonly Uint8Array[], from: DeviceId): Promise<number>
}

export interface PeersStreams {
  start(): Promise<void>
  stop(): void
  /** Both sides get what they lack. */
  exchange(device: DeviceId): Promise<void>
  tell(device: DeviceId, records: readonly PeerRecord[]): Promise<void>
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
const bytesOf = (records: readonly PeerRecord[]) => records.map(({ bytes }) => bytes)
const isOffence = (error: unknown) =>
  error instanceof MalformedPeersError ||
  error instanceof MalformedRecordError ||
  (error instanceof FrameError && error.fault !== 'truncated')

const send = (stream: Stream, frame: PeersFrame) => writeFrame(stream, encodePeersFrame(frame))

async function* readPeersFrames(stream: Stream, signal: AbortSignal): AsyncGenerator<PeersFrame, void, void> {
  const bounds = { maxBytes: MAX_PEERS_FRAME_BYTES, maxFrames: MAX_PEERS_FRAMES, signal }
  for await (const bytes of readFrames(stream, bounds)) yield decodePeersFrame(bytes)
}

/** The two sides of `/lanyard/peers/1`: who speaks, in which order, and how much of it is heard. */
export const createPeersStreams = (init: PeersStreamsInit): PeersStreams => {
  const { libp2p, connection, isMember, offend, now, log, holdings, compare, recordsOf, take } = init
  const stopping = new AbortController()
  const asking = createSeats(PARALLEL_EXCHANGES)
  const answering = createSeats(MAX_PEERS_STREAMS)
  const paces = createPaces({ now, burst: EXCHANGE_BURST, perSecond: EXCHANGES_PER_SECOND })
  const limit = () => AbortSignal.any([AbortSignal.timeout(EXCHANGE_TIMEOUT), stopping.signal])

  const failed = (stream: Stream | undefined, device: DeviceId, error: unknown) => {
    stream?.abort(asError(error))
    if (isOffence(error)) offend(device, asError(error).message)
    else log.debug({ device, error: String(error) }, 'peer exchange failed')
  }

  const answer = async (stream: Stream, device: DeviceId) => {
    const signal = limit()
    for await (const frame of readPeersFrames(stream, signal)) {
      if (frame.kind === 'answer') throw new MalformedPeersError('An answer to nothing')
      if (frame.kind === 'told') await take(frame.records, device)
      else {
        const { records, wanted } = compare(device, frame.holdings)
        send(stream, { kind: 'answer', records: bytesOf(records), wanted })
      }
    }
    await stream.close({ signal })
  }
  const accept = async (stream: Stream, from: Connection) => {
    const device = deviceOf(from.remotePeer)
    if (device === undefined || connection(device) === undefined) {
      stream.abort(new Error('not allowed'))
      if (device !== undefined && !isMember(device)) offend(device, `${PEERS_PROTOCOL} is not open to it`)
      return
    }
    const leave = answering.tryTake(device)
    if (leave === undefined || !paces.tryTake(device)) {
      stream.abort(new Error('too much at once'))
      leave?.()
      return
    }
    try {
      await answer(stream, device)
    } catch (error) {
      failed(stream, device, error)
    } finally {
      leave()
    }
  }

  /** One stream with work on it; a session that ends meanwhile is nothing to tell anybody. */
  const withStream = async (device: DeviceId, work: (stream: Stream, signal: AbortSignal) => Promise<void>) => {
    let stream: Stream | undefined
    let leave: (() => void) | undefined
    try {
      leave = await asking.take('all', stopping.signal)
      const signal = limit()
      stream = await connection(device)?.newStream(PEERS_PROTOCOL, { signal })
      if (stream === undefined) return
      await work(stream, signal)
      await stream.close({ signal })
    } catch (error) {
      if (!stopping.signal.aborted) failed(stream, device, error)
    } finally {
      leave?.()
    }
  }

  /** True when there is more where that came from. */
  const exchangeOnce = async (device: DeviceId): Promise<boolean> => {
    let isMore = false
    await withStream(device, async (stream, signal) => {
      send(stream, { kind: 'held', holdings: holdings() })
      for await (const frame of readPeersFrames(stream, signal)) {
        if (frame.kind !== 'answer') throw new MalformedPeersError('No answer')
        const records = recordsOf(frame.wanted)
        if (records.length > 0) send(stream, { kind: 'told', records: bytesOf(records) })
        const closing = stream.close({ signal })
        const news = await take(frame.records, device)
        isMore = news > 0 && frame.records.length === MAX_RECORDS_PER_FRAME
        await closing
        return
      }
    })
    return isMore
  }

  return {
    async start() {
      await libp2p.handle(PEERS_PROTOCOL, accept, { maxInboundStreams: MAX_PEERS_STREAMS })
    },
    stop: () => stopping.abort(new Error('the network stops')),
    async exchange(device) {
      while (await exchangeOnce(device)) log.debug({ device }, 'more records are there')
    },
    tell: (device, records) =>
      withStream(device, async stream => send(stream, { kind: 'told', records: bytesOf(records) })),
  }
}
