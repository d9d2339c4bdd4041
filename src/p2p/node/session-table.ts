import type { Connection, Stream } from '@libp2p/interface'
import type { DeviceId } from '../../shared/ids.ts'
import { MESSAGE_BURST, MESSAGES_PER_SECOND } from './constants.ts'
import { dropConnection } from './drop-connection.ts'
import type { Hello } from './hello.ts'
import { createMessageChannel, type MessageChannel } from './message-channel.ts'
import { createPaces } from './paces.ts'
import { remoteHostOf } from './pending-connections.ts'
import { type Contender, keepsNewer } from './tie-break.ts'

export type Direction = 'inbound' | 'outbound'
export type WaitUntil = (work: Promise<unknown>) => void

export interface Session extends Contender {
  connection: Connection
  channel: MessageChannel
}

/** What a session tells. */
export interface SessionEvents {
  onConnected(device: DeviceId, hello: Hello, direction: Direction): void
  /** `host`: the IP address from or at which it was connected. */
  onDisconnected(device: DeviceId, host: string): void
  onFrame(device: DeviceId, frame: Uint8Array, waitUntil: WaitUntil): void
  onDrain(device: DeviceId): void
}

export interface SessionTableInit {
  self: DeviceId
  /** Milliseconds of a clock that is never set. */
  now(): number
  offend(device: DeviceId, what: string): void
  events: SessionEvents
}

export interface SessionTable {
  readonly all: ReadonlyMap<DeviceId, Session>
  /** Both hellos have passed and the message stream is open: the session begins, unless another one of the pair stays. */
  settle(device: DeviceId, connection: Connection, stream: Stream, hello: Hello): void
  /** The connection has closed. */
  closed(device: DeviceId, connection: Connection): void
  isOn(device: DeviceId, connection: Connection): boolean
}

/** One session for each device. */
export const createSessionTable = ({ self, now, offend, events }: SessionTableInit): SessionTable => {
  const sessions = new Map<DeviceId, Session>()
  const paces = createPaces({ now, burst: MESSAGE_BURST, perSecond: MESSAGES_PER_SECOND })

  const end = (device: DeviceId, session: Session) => {
    if (sessions.get(device) !== session) return
    sessions.delete(device)
    events.onDisconnected(device, remoteHostOf(session.connection))
  }
  const openChannel = (device: DeviceId, connection: Connection, stream: Stream): MessageChannel => {
    const channel = createMessageChannel({
      stream,
      now,
      pace: frames => paces.take(device, frames),
      onFrame: (frame, waitUntil) => events.onFrame(device, frame, waitUntil),
      onDrain: () => events.onDrain(device),
      onOffence(error) {
        offend(device, error.message)
        dropConnection(connection, error.message)
      },
    })
    stream.addEventListener('close', () => dropConnection(connection, 'the message stream ended'))
    return channel
  }

  return {
    all: sessions,
    settle(device, connection, stream, hello) {
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
        end(device, older)
        dropConnection(older.connection, 'a newer connection of this pair stays')
      }
      sessions.set(device, { ...contender, connection, channel: openChannel(device, connection, stream) })
      events.onConnected(device, hello, connection.direction)
    },
    closed(device, connection) {
      const session = sessions.get(device)
      if (session?.connection === connection) end(device, session)
    },
    isOn: (device, connection) => sessions.get(device)?.connection === connection,
  }
}
