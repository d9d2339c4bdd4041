import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import type { DeviceId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import type { Admission } from './admission.ts'
import {
  HELLO_PROTOCOL,
  HELLO_TIMEOUT,
  JOIN_IDLE,
  JOIN_PROTOCOL,
  MAX_DEVICE_CONNECTIONS,
  MAX_HELLO_BYTES,
  MAX_REFUSED_HELLOS,
  MESSAGE_BURST,
  MESSAGE_PROTOCOL,
  MESSAGES_PER_SECOND,
} from './constants.ts'
import { dropConnection } from './drop-connection.ts'
import { FrameError } from './frames.ts'
import { createHeartbeat } from './heartbeat.ts'
import { decodeHello, encodeHello, type Hello, MalformedHelloError } from './hello.ts'
import { createMessageChannel, type MessageChannel } from './message-channel.ts'
import type { Offences } from './offences.ts'
import { createPaces } from './paces.ts'
import { deviceOf, peerIdOf } from './peer-ids.ts'
import { hostOf } from './pending-connections.ts'
import { readFrame, writeFrame } from './stream-frames.ts'
import { type Contender, keepsNewer } from './tie-break.ts'

export type Direction = 'inbound' | 'outbound'
export type WaitUntil = (work: Promise<unknown>) => void

export interface SessionsInit {
  libp2p: Libp2p
  self: DeviceId
  admit(device: DeviceId): Admission
  offences: Offences
  now(): number
  log: Log
  ownHello(device: DeviceId): Hello
  onConnected(device: DeviceId, hello: Hello, direction: Direction): void
  /** `host`: the IP address from or at which it was connected. */
  onDisconnected(device: DeviceId, host: string): void
  /** A connection on which only the join protocol may be used. */
  onJoinConnection(device: DeviceId, direction: Direction): void
  onFrame(device: DeviceId, frame: Uint8Array, waitUntil: WaitUntil): void
  onDrain(device: DeviceId): void
}

export interface Sessions {
  start(): Promise<void>
  stop(): void
  connected(): DeviceId[]
  isConnected(device: DeviceId): boolean
  channel(device: DeviceId): MessageChannel | undefined
  connection(device: DeviceId): Connection | undefined
  /** Hangs up on a device, whatever the state of the connection. */
  hangUp(device: DeviceId, reason: string): void
  /** Admission changed: hang up, or say hello, where it now is due. */
  reconsider(): void
  /** The other side's host of each connection that may only join. */
  joinHosts(): string[]
  /** Room for one more connection of the device. */
  hasRoom(device: DeviceId): boolean
  /** Counts an offence; a device that has too many is hung up. */
  offend(device: DeviceId, what: string): void
}

interface Session extends Contender {
  connection: Connection
  channel: MessageChannel
}

/** What happened on one connection before (or instead of) its session. */
interface Opening {
  connection: Connection
  device: DeviceId
  theirHello?: Hello
  isGreeting: boolean
  /** Hellos that came although the device is no member; somebody who joins may be ahead of us by one or two. */
  refusedHellos: number
  timer?: NodeJS.Timeout
}

/** A stream that merely ends is no offence: connections are cut in the middle of a hello by tie-breaks and shutdowns. */
const isMalformed = (error: unknown) =>
  error instanceof MalformedHelloError || (error instanceof FrameError && error.fault !== 'truncated')

/** From the handshake to a session: admission, hello both ways, message stream, and one session for each device. */
export const createSessions = (init: SessionsInit): Sessions => {
  const { libp2p, self, admit, offences, now, log } = init
  const openings = new Map<string, Opening>()
  const sessions = new Map<DeviceId, Session>()
  const stopping = new AbortController()
  const paces = createPaces({ now, burst: MESSAGE_BURST, perSecond: MESSAGES_PER_SECOND })

  const hangUp = (device: DeviceId, reason: string) => {
    for (const connection of libp2p.getConnections(peerIdOf(device))) dropConnection(connection, reason)
  }
  const offend = (device: DeviceId, what: string) => {
    log.warn({ device, what }, 'a device broke the protocol')
    if (offences.record(device)) hangUp(device, 'too many offences')
  }
  const hasJoinStream = (connection: Connection) =>
    connection.streams.some(({ protocol }) => protocol === JOIN_PROTOCOL)
  const hasRoom = (device: DeviceId) =>
    [...openings.values()].filter(opening => opening.device === device).length < MAX_DEVICE_CONNECTIONS
  const isJoinOnly = ({ device }: Opening) => !sessions.has(device) && admit(device) === 'join-only'

  const settle = (opening: Opening, stream: Stream, hello: Hello) => {
    const { device, connection } = opening
    clearTimeout(opening.timer)
    if (connection.status !== 'open' || stream.status !== 'open') {
      dropConnection(connection, 'the message stream ended')
      return
    }
    const dialledBy = connection.direction === 'outbound' ? self : device
    const contender: Contender = { dialledBy, openedAt: now() }
    const older = sessions.get(device)
    if (older !== undefined && !keepsNewer(older, contender, self, device)) {
      dropConnection(connection, 'the other connection of this pair stays')
      return
    }
    if (older !== undefined) {
      endSession(device, older)
      dropConnection(older.connection, 'a newer connection of this pair stays')
    }
    const channel = createMessageChannel({
      stream,
      now,
      pace: frames => paces.take(device, frames),
      onFrame: (frame, waitUntil) => init.onFrame(device, frame, waitUntil),
      onDrain: () => init.onDrain(device),
      onOffence: error => {
        offend(device, error.message)
        dropConnection(connection, error.message)
      },
    })
    stream.addEventListener('close', () => dropConnection(connection, 'the message stream ended'))
    sessions.set(device, { ...contender, connection, channel })
    init.onConnected(device, hello, connection.direction)
  }
  const endSession = (device: DeviceId, session: Session) => {
    if (sessions.get(device) !== session) return
    sessions.delete(device)
    init.onDisconnected(device, hostOf(session.connection))
  }

  /** The dialler speaks first: hello stream, then the message stream, which tells the other side that all went well. */
  const greet = async (opening: Opening) => {
    const { connection, device } = opening
    const signal = AbortSignal.any([AbortSignal.timeout(HELLO_TIMEOUT), stopping.signal])
    opening.isGreeting = true
    try {
      const stream = await connection.newStream(HELLO_PROTOCOL, { signal })
      writeFrame(stream, encodeHello(init.ownHello(device)))
      const hello = decodeHello(await readFrame(stream, { maxBytes: MAX_HELLO_BYTES, signal }))
      await stream.close({ signal })
      settle(opening, await connection.newStream(MESSAGE_PROTOCOL, { signal }), hello)
    } catch (error) {
      greetingFailed(opening, error)
    } finally {
      opening.isGreeting = false
    }
  }
  const greetingFailed = (opening: Opening, error: unknown) => {
    const { connection, device } = opening
    log.debug({ device, error: String(error) }, 'hello failed')
    if (isMalformed(error)) offend(device, 'malformed hello')
    // while a join is under way the other side may not know yet that we became colleagues
    if (hasJoinStream(connection)) opening.timer = setTimeout(() => consider(opening), HELLO_TIMEOUT / 5)
    else dropConnection(connection, 'hello failed')
  }

  const answerHello = async (stream: Stream, connection: Connection) => {
    const opening = openings.get(connection.id)
    if (opening === undefined || opening.theirHello !== undefined || admit(opening.device) !== 'member') {
      stream.abort(new Error('no hello expected'))
      if (opening !== undefined && ++opening.refusedHellos > MAX_REFUSED_HELLOS)
        offend(opening.device, 'hellos without end')
      return
    }
    const signal = AbortSignal.any([AbortSignal.timeout(HELLO_TIMEOUT), stopping.signal])
    try {
      const hello = decodeHello(await readFrame(stream, { maxBytes: MAX_HELLO_BYTES, signal }))
      opening.theirHello = hello
      writeFrame(stream, encodeHello(init.ownHello(opening.device)))
      await stream.close({ signal })
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error(String(error)))
      if (isMalformed(error)) offend(opening.device, 'malformed hello')
      dropConnection(connection, 'hello failed')
    }
  }
  const acceptMessageStream = (stream: Stream, connection: Connection) => {
    const opening = openings.get(connection.id)
    const hello = opening?.theirHello
    const isSecond = opening !== undefined && sessions.get(opening.device)?.connection === connection
    if (opening === undefined || hello === undefined || isSecond || admit(opening.device) !== 'member') {
      stream.abort(new Error('no message stream expected'))
      if (opening !== undefined) offend(opening.device, 'a message stream out of turn')
      return
    }
    settle(opening, stream, hello)
  }

  /** What an open connection is good for now. */
  const consider = (opening: Opening) => {
    const { connection, device } = opening
    clearTimeout(opening.timer)
    if (connection.status !== 'open') return
    const hasSession = sessions.get(device)?.connection === connection
    const admission = offences.isShutOut(device) ? 'refused' : admit(device)
    switch (admission) {
      case 'refused':
        dropConnection(connection, 'not admitted')
        break
      case 'join-only':
        if (hasSession) dropConnection(connection, 'no longer a member')
        else watchJoinConnection(opening)
        break
      case 'member':
        if (hasSession || opening.isGreeting) break
        if (connection.direction === 'outbound') void greet(opening)
        else opening.timer = setTimeout(() => dropSilent(opening), HELLO_TIMEOUT)
        break
    }
  }
  const dropSilent = (opening: Opening) => {
    if (hasJoinStream(opening.connection)) consider(opening)
    else dropConnection(opening.connection, 'no hello came')
  }
  const watchJoinConnection = (opening: Opening) => {
    opening.timer = setTimeout(() => {
      if (hasJoinStream(opening.connection)) watchJoinConnection(opening)
      else dropConnection(opening.connection, 'nothing to join')
    }, JOIN_IDLE)
  }

  const heartbeat = createHeartbeat({
    now,
    sessions: () => sessions.values(),
    onSilent: ({ connection }) => dropConnection(connection, 'not heard any more'),
  })

  const onOpen = ({ detail: connection }: { detail: Connection }) => {
    const device = deviceOf(connection.remotePeer)
    if (device === undefined || connection.status !== 'open') {
      dropConnection(connection, 'not a device')
      return
    }
    // asked at admission already, but several may have been on their way from there to here
    if (!hasRoom(device)) {
      dropConnection(connection, 'too many connections')
      return
    }
    const opening: Opening = { connection, device, isGreeting: false, refusedHellos: 0 }
    openings.set(connection.id, opening)
    connection.addEventListener('close', () => {
      clearTimeout(opening.timer)
      openings.delete(connection.id)
      const session = sessions.get(device)
      if (session?.connection === connection) endSession(device, session)
    })
    consider(opening)
    if (isJoinOnly(opening)) init.onJoinConnection(device, connection.direction)
  }

  return {
    async start() {
      libp2p.addEventListener('connection:open', onOpen)
      heartbeat.start()
      await libp2p.handle(HELLO_PROTOCOL, answerHello, { maxInboundStreams: 1 })
      await libp2p.handle(MESSAGE_PROTOCOL, acceptMessageStream, { maxInboundStreams: 2 })
    },
    stop() {
      stopping.abort(new Error('the network stops'))
      heartbeat.stop()
      libp2p.removeEventListener('connection:open', onOpen)
      for (const { connection } of openings.values()) dropConnection(connection, 'the network stops')
    },
    connected: () => [...sessions.keys()],
    isConnected: device => sessions.has(device),
    channel: device => sessions.get(device)?.channel,
    connection: device => sessions.get(device)?.connection,
    hangUp,
    reconsider: () => {
      for (const opening of openings.values()) consider(opening)
    },
    joinHosts: () => [...openings.values()].filter(isJoinOnly).map(({ connection }) => hostOf(connection)),
    hasRoom,
    offend,
  }
}
