import type { Port } from '../shared/rpc/port.ts'

/** Carries every frame from each port to the other; either closing closes both. */
export const joinPorts = (one: Port, other: Port): void => {
  one.onFrame(frame => other.post(frame))
  other.onFrame(frame => one.post(frame))
  one.onClose(() => other.close())
  other.onClose(() => one.close())
}
