import type { Port } from './port.ts'
import { createPortEnd } from './port-end.ts'

/** What the DOM, workers and Node's worker_threads call a MessagePort. */
interface DomMessagePort {
  postMessage(message: unknown): void
  start(): void
  close(): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

/** Electron's MessagePortMain, in the main process and in utility processes. */
interface EmitterMessagePort {
  postMessage(message: unknown): void
  start(): void
  close(): void
  on(type: 'message', listener: (event: { data: unknown }) => void): unknown
  on(type: 'close', listener: () => void): unknown
}

export type AnyMessagePort = DomMessagePort | EmitterMessagePort

/**
 * A Port over one end of a MessageChannel. The channel's own queue holds what arrives before `onFrame`. The far end
 * learns of a close through the `close` event (Chromium 122, Node and Electron's main have it).
 */
export const createMessagePort = (channel: AnyMessagePort): Port => {
  const end = createPortEnd()
  const receive = (event: { data: unknown }) => end.deliver(event.data)

  if ('addEventListener' in channel) {
    channel.addEventListener('message', receive)
    channel.addEventListener('close', end.closeHere)
  } else {
    channel.on('message', receive)
    channel.on('close', end.closeHere)
  }

  return {
    post(frame) {
      if (!end.isClosed()) channel.postMessage(frame)
    },
    onFrame(next) {
      end.onFrame(next)
      channel.start()
    },
    onClose: end.onClose,
    close() {
      if (end.isClosed()) return
      channel.close()
      end.closeHere()
    },
  }
}
