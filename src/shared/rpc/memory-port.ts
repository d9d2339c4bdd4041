import type { Port } from './port.ts'
import { createPortEnd, type PortEnd } from './port-end.ts'

const connect = (own: PortEnd, other: PortEnd): Port => ({
  post(frame) {
    if (own.isClosed()) return
    const copy = structuredClone(frame)
    queueMicrotask(() => other.deliver(copy))
  },
  onFrame: own.onFrame,
  onClose: own.onClose,
  close() {
    if (own.isClosed()) return
    own.closeHere()
    queueMicrotask(other.closeHere)
  },
})

/** Two connected ports in one process: each sees structured clones of what the other posts, one microtask later. */
export const createMemoryPorts = (): [Port, Port] => {
  const first = createPortEnd()
  const second = createPortEnd()
  return [connect(first, second), connect(second, first)]
}
