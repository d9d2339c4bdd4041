import type { PrekeyBundle } from '../../crypto/index.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { MAX_BAD_FRAMES, MAX_UNOPENABLE, WINDOW_BYTES } from './constants.ts'
import type { Link } from './types.ts'

/** Bytes that may wait for a slow stream: a window of envelopes and the acknowledgements beside them. */
const MAX_UNSENT_BYTES = 2 * WINDOW_BYTES

interface Connection {
  /** The device's newest prekeys, straight from it and verified. */
  prekeys: PrekeyBundle | undefined
  unsent: Uint8Array[]
  unsentBytes: number
  badFrames: number
  unopenable: number
  stopRepeating: () => void
}

export interface LinksInit {
  link: Link
  /** Begins to look after what is not acknowledged; returns the way to end that. */
  repeat(device: DeviceId): () => void
}

/** The devices that are connected now, and what is on its way to their streams. */
export const createLinks = ({ link, repeat }: LinksInit) => {
  const connections = new Map<DeviceId, Connection>()

  const close = (device: DeviceId) => {
    connections.get(device)?.stopRepeating()
    connections.delete(device)
  }

  const cut = (device: DeviceId, what: string) => {
    close(device) // what else came with it is not looked at
    link.offend(device, what)
  }

  return {
    open(device: DeviceId): void {
      close(device)
      connections.set(device, {
        prekeys: undefined,
        unsent: [],
        unsentBytes: 0,
        badFrames: 0,
        unopenable: 0,
        stopRepeating: repeat(device),
      })
    },
    close,
    closeAll(): void {
      for (const device of [...connections.keys()]) close(device)
    },
    isOpen: (device: DeviceId): boolean => connections.has(device),
    prekeysOf: (device: DeviceId): PrekeyBundle | undefined => connections.get(device)?.prekeys,
    setPrekeys(device: DeviceId, prekeys: PrekeyBundle): void {
      const connection = connections.get(device)
      if (connection !== undefined) connection.prekeys = prekeys
    },
    /** Sends now or when the stream drains. What finds no room is dropped: whatever matters is repeated. */
    send(device: DeviceId, frame: Uint8Array): void {
      const connection = connections.get(device)
      if (connection === undefined) return
      if (connection.unsent.length === 0 && link.send(device, frame)) return
      if (connection.unsentBytes + frame.length > MAX_UNSENT_BYTES) return
      connection.unsent.push(frame)
      connection.unsentBytes += frame.length
    },
    drain(device: DeviceId): void {
      const connection = connections.get(device)
      if (connection === undefined) return
      let sent = 0
      for (const frame of connection.unsent) {
        if (!link.send(device, frame)) break
        connection.unsentBytes -= frame.length
        sent += 1
      }
      connection.unsent.splice(0, sent)
    },
    /** Counts a frame that cannot be read; a device that keeps sending such is cut. */
    countBadFrame(device: DeviceId): void {
      const connection = connections.get(device)
      if (connection === undefined) return
      connection.badFrames += 1
      if (connection.badFrames >= MAX_BAD_FRAMES) cut(device, 'frames that cannot be read')
    },
    /** The same for an envelope: a session that was lost explains some, a flood of them only costs decryptions. */
    countUnopenable(device: DeviceId): void {
      const connection = connections.get(device)
      if (connection === undefined) return
      connection.unopenable += 1
      if (connection.unopenable >= MAX_UNOPENABLE) cut(device, 'envelopes that cannot be opened')
    },
  }
}

export type Links = ReturnType<typeof createLinks>
