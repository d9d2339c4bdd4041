import type { Port } from './port.ts'

/** The half of a Port that is the same whatever carries it. */
export interface PortEnd extends Pick<Port, 'onFrame' | 'onClose'> {
  isClosed(): boolean
  /** A frame has come: for the listener, or to wait for the first one. Nothing comes out of a closed port. */
  deliver(frame: unknown): void
  /** Tells the close listeners, once. */
  closeHere(): void
}

export const createPortEnd = (): PortEnd => {
  let listener: ((frame: unknown) => void) | undefined
  let closed = false
  const waiting: unknown[] = []
  const closeListeners: Array<() => void> = []
  return {
    isClosed: () => closed,
    deliver(frame) {
      if (closed) return
      if (listener === undefined) waiting.push(frame)
      else listener(frame)
    },
    closeHere() {
      if (closed) return
      closed = true
      for (const told of closeListeners.splice(0)) told()
    },
    onFrame(next) {
      listener = next
      for (const frame of waiting.splice(0)) next(frame)
    },
    onClose(next) {
      if (closed) next()
      else closeListeners.push(next)
    },
  }
}
