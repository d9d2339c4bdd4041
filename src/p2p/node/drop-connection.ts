import type { Connection } from '@libp2p/interface'

/**
 * Cuts a connection at once, without the other side's consent. Not inside the caller's turn: libp2p aborts the streams
 * first, whose `close` listeners may want the same, and it fails when the socket goes before its own goodbye.
 */
export const dropConnection = (connection: Connection, reason: string): void => {
  queueMicrotask(() => {
    if (connection.status === 'open') connection.abort(new Error(reason))
  })
}
