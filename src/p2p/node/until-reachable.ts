import type { Connection } from '@libp2p/interface'
import { HELLO_TIMEOUT } from './constants.ts'

export interface UntilReachableInit {
  /** The one that was just dialled. */
  connection: Connection
  signal: AbortSignal | undefined
  isReachable(): boolean
  /** Another connection to the device is open: it may be the one that stays. */
  hasOther(): boolean
  /** Tells of a session with the device; returns the function that ends the subscription. */
  onConnected(listener: () => void): () => void
}

/**
 * A dial of libp2p succeeds although the other side refuses us a moment later, or keeps another connection. Resolves when
 * the device is reachable; rejects when the connection closes, the hello takes too long, or the signal says so.
 */
export const untilReachable = async ({
  connection,
  signal,
  isReachable,
  hasOther,
  onConnected,
}: UntilReachableInit) => {
  if (isReachable()) return
  const limit = AbortSignal.any([AbortSignal.timeout(HELLO_TIMEOUT), ...(signal === undefined ? [] : [signal])])
  await new Promise<void>((resolve, reject) => {
    const settle = () => {
      stopListening()
      connection.removeEventListener('close', onClose)
      limit.removeEventListener('abort', settle)
      if (isReachable()) resolve()
      else reject(new Error('no hello came'))
    }
    const onClose = () => {
      if (isReachable() || !hasOther()) settle()
    }
    const stopListening = onConnected(settle)
    connection.addEventListener('close', onClose)
    limit.addEventListener('abort', settle)
    if (connection.status !== 'open') onClose()
  })
}
