import type { Port } from './port.ts'

interface End extends Port {
  deliver(frame: unknown): void
  closeHere(): void
}

const createEnd = (other: () => End): End => {
  let listener: ((frame: unknown) => void) | undefined
  let closed = false
  const waiting: unknown[] = []
  const closeListeners: Array<() => void> = []

  const end: End = {
    post(frame) {
      if (closed) return
      const copy = structuredClone(frame)
      queueMicrotask(() => other().deliver(copy))
    },
    onFrame(next) {
      listener = next
      for (const frame of waiting.splice(0)) next(frame)
    },
    onClose(next) {
      if (closed) next()
      else closeListeners.push(next)
    },
    close() {
      if (closed) return
      end.closeHere()
      queueMicrotask(() => other().closeHere())
    },
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
  }
  return end
}

/** Two connected ports in one process: each sees structured clones of what the other posts, one microtask later. */
export const createMemoryPorts = (): [Port, Port] => {
  const first: End = createEnd(() => second)
  const second: End = createEnd(() => first)
  return [first, second]
}
