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
  MAX_REFUSED_HELLOS,
  MESSAGE_PROTOCOL,
} from './constants.ts'
import { dropConnection } from './drop-connection.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Hello } from './hello.ts'
import { answerHello, isMalformedHello, sayHello } from './hello-exchange.ts'
import type { MessageChannel } from './message-channel.ts'
import type { Offences } from './offences.ts'
import { deviceOf, peerIdOf } from './peer-ids.ts'
import { remoteHostOf } from './pending-connections.ts'
import { createSessionTable, type Direction, type SessionEvents } from './session-table.ts'

export interface SessionsInit extends SessionEvents {
  libp2p: Libp2p
  self: DeviceId
  admit(device: DeviceId): Admission
  offences: Offences
  now(): number
  log: Log
  ownHello(device: DeviceId): Hello
  /** A connection on which only the join protocol may be used. */
  onJoinConnection(device: DeviceId, direction: Direction): void
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

/** From the handshake to a session: admission, hello both ways, message stream, and one session for each device. */
export const createSessions = (init: SessionsInit): Sessions => {
  const { libp2p, self, admit, offences, now, log } = init
  const openings = new Map<string, Opening>()
  const stopping = new AbortController()
  const hangUp = (device: DeviceId, reason: string) => {
    for (const connection of libp2p.getConnections(peerIdOf(device))) dropConnection(connection, reason)
  }
  const offend = (device: DeviceId, what: string) => {
    log.warn({ device, what }, 'a device broke the protocol')
    if (offences.record(device)) hangUp(device, 'too many offences')
  }
  const limit = () => AbortSignal.any([AbortSignal.timeout(HELLO_TIMEOUT), stopping.signal])
  const hasJoinStream = (connection: Connection) =>
    connection.streams.some(({ protocol }) => protocol === JOIN_PROTOCOL)
  const hasRoom = (device: DeviceId) =>
    [...openings.values()].filter(opening => opening.device === device).length < MAX_DEVICE_CONNECTIONS
  const isJoinOnly = ({ device }: Opening) => !table.all.has(device) && admit(device) === 'join-only'

  const table = createSessionTable({ self, now, offend, events: init })
  const settle = ({ device, connection, timer }: Opening, stream: Stream, hello: Hello) => {
    clearTimeout(timer)
    table.settle(device, connection, stream, hello)
  }

  const greet = async (opening: Opening) => {
    const { connection, device } = opening
    opening.isGreeting = true
    try {
      const { hello, stream } = await sayHello(connection, init.ownHello(device), limit())
      settle(opening, stream, hello)
    } catch (error) {
      greetingFailed(opening, error)
    } finally {
      opening.isGreeting = false
    }
  }
  const greetingFailed = (opening: Opening, error: unknown) => {
    const { connection, device } = opening
    log.debug({ device, error: String(error) }, 'hello failed')
    if (isMalformedHello(error)) offend(device, 'malformed hello')
    // while a join is under way the other side may not know yet that we became colleagues
    if (hasJoinStream(connection)) opening.timer = setTimeout(() => consider(opening), HELLO_TIMEOUT / 5)
    else dropConnection(connection, 'hello failed')
  }

  const acceptHello = async (stream: Stream, connection: Connection) => {
    const opening = openings.get(connection.id)
    if (opening === undefined || opening.theirHello !== undefined || admit(opening.device) !== 'member') {
      stream.abort(new Error('no hello expected'))
      if (opening !== undefined && ++opening.refusedHellos > MAX_REFUSED_HELLOS)
        offend(opening.device, 'hellos without end')
      return
    }
    const own = () => init.ownHello(opening.device)
    const onHello = (hello: Hello) => {
      opening.theirHello = hello
    }
    try {
      await answerHello(stream, own, onHello, limit())
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error(String(error)))
      if (isMalformedHello(error)) offend(opening.device, 'malformed hello')
      dropConnection(connection, 'hello failed')
    }
  }
  const acceptMessageStream = (stream: Stream, connection: Connection) => {
    const opening = openings.get(connection.id)
    const hello = opening?.theirHello
    const isSecond = opening !== undefined && table.isOn(opening.device, connection)
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
    const hasSession = table.isOn(device, connection)
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
    sessions: () => table.all.values(),
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
      table.closed(device, connection)
    })
    consider(opening)
    if (isJoinOnly(opening)) init.onJoinConnection(device, connection.direction)
  }

  return {
    async start() {
      libp2p.addEventListener('connection:open', onOpen)
      heartbeat.start()
      await libp2p.handle(HELLO_PROTOCOL, acceptHello, { maxInboundStreams: 1 })
      await libp2p.handle(MESSAGE_PROTOCOL, acceptMessageStream, { maxInboundStreams: 2 })
    },
    stop() {
      stopping.abort(new Error('the network stops'))
      heartbeat.stop()
      libp2p.removeEventListener('connection:open', onOpen)
      for (const { connection } of openings.values()) dropConnection(connection, 'the network stops')
    },
    connected: () => [...table.all.keys()],
    isConnected: device => table.all.has(device),
    channel: device => table.all.get(device)?.channel,
    connection: device => table.all.get(device)?.connection,
    hangUp,
    reconsider: () => {
      for (const opening of openings.values()) consider(opening)
    },
    joinHosts: () => [...openings.values()].filter(isJoinOnly).map(({ connection }) => remoteHostOf(connection)),
    hasRoom,
    offend,
  }
}
