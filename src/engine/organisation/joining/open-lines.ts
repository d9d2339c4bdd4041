import type { DeviceId } from '../../../shared/ids.ts'
import { createEmitter } from '../../emitter.ts'

/** Devices that hold the line until there is a decision about them. */
export interface OpenLines {
  /** A device may hold two while the network has not noticed that the first is dead. */
  open(device: DeviceId): void
  close(device: DeviceId): void
  isOpen(device: DeviceId): boolean
  /** Wakes those who wait for a decision about any of the devices that hold a line. */
  decided(): void
  /** Resolves with the next decision; rejects with the signal's reason when it is aborted before. */
  nextDecision(signal: AbortSignal): Promise<void>
}

export const createOpenLines = (): OpenLines => {
  const lines = new Map<DeviceId, number>()
  const decision = createEmitter()

  return {
    open: device => void lines.set(device, (lines.get(device) ?? 0) + 1),
    close(device) {
      const left = (lines.get(device) ?? 0) - 1
      if (left > 0) lines.set(device, left)
      else lines.delete(device)
    },
    isOpen: device => lines.has(device),
    decided: () => decision.emit(),
    nextDecision: signal =>
      new Promise<void>((resolve, reject) => {
        const end = (settle: () => void) => {
          stop()
          signal.removeEventListener('abort', onAbort)
          settle()
        }
        const onAbort = () => end(() => reject(signal.reason))
        const stop = decision.on(() => end(resolve))
        signal.addEventListener('abort', onAbort)
        if (signal.aborted) onAbort()
      }),
  }
}
