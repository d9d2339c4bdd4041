import type { Port } from './port.ts'

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
  let listener: ((frame: unknown) => void) | undefined
  let closed = false
  const closeListeners: Array<() => void> = []

  const closeHere = () => {
    if (closed) return
    closed = true
    for (const told of closeListeners.splice(0)) told()
  }
  const receive = (event: { data: unknown }) => {
    if (!closed) listener?.(event.data)
  }

  if ('addEventListener' in channel) {
    channel.addEventListener('message', receive)
    channel.addEventListener('close', closeHere)
  } else {
    channel.on('message', receive)
    channel.on('close', closeHere)
  }

  return {
    post(frame) {
      if (!closed) channel.postMessage(frame)
    },
    onFrame(next) {
      listener = next
      channel.start()
    },
    onClose(next) {
      if (closed) next()
      else closeListeners.push(next)
    },
    close() {
      if (closed) return
      channel.close()
      closeHere()
    },
  }
}
