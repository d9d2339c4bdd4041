import { decode, encode } from 'cborg'
import { MAX_PORT_FRAME_BYTES } from '../limits.ts'
import type { Port } from './port.ts'
import { createPortEnd } from './port-end.ts'

/** What a browser's WebSocket and the `ws` package's have in common. */
export interface AnyWebSocket {
  binaryType: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

const CONNECTING = 0
const OPEN = 1

/** RFC 6455 section 7.4.1: 1000 normal, 1007 data that is not what the message type promised. */
const NORMAL = 1000
const MALFORMED = 1007

/** Maps become plain objects; a key that would reach a prototype is refused like any other malformed frame. */
const decodeFrame = (bytes: Uint8Array): unknown =>
  decode(bytes, { allowInfinity: false, allowNaN: false, rejectDuplicateMapKeys: true })

/**
 * A Port over one WebSocket, a frame a binary message in CBOR. Works on either side; what is posted before the socket
 * is open waits. A frame that cannot be read, or is larger than `MAX_PORT_FRAME_BYTES`, closes the port.
 */
export const createWebSocketPort = (socket: AnyWebSocket): Port => {
  const end = createPortEnd()
  const waiting: Uint8Array<ArrayBuffer>[] = []
  socket.binaryType = 'arraybuffer'

  const shut = (code: number) => {
    // What was posted before the socket was open still goes out, and only then does it close.
    if (socket.readyState !== CONNECTING || waiting.length === 0) socket.close(code)
    end.closeHere()
  }
  const read = (data: unknown): { frame: unknown } | undefined => {
    if (!(data instanceof ArrayBuffer) || data.byteLength > MAX_PORT_FRAME_BYTES) return undefined
    try {
      return { frame: decodeFrame(new Uint8Array(data)) }
    } catch {
      return undefined // hostile or broken: the caller closes the port
    }
  }

  socket.addEventListener('open', () => {
    for (const bytes of waiting.splice(0)) socket.send(bytes)
    if (end.isClosed()) socket.close(NORMAL)
  })
  socket.addEventListener('close', end.closeHere)
  // An error is always followed by `close`; without a listener `ws` would throw it.
  socket.addEventListener('error', () => undefined)
  socket.addEventListener('message', event => {
    if (end.isClosed()) return
    const received = read(event.data)
    if (received === undefined) shut(MALFORMED)
    else end.deliver(received.frame)
  })

  return {
    post(frame) {
      if (end.isClosed()) return
      const bytes = new Uint8Array(encode(frame))
      if (socket.readyState === CONNECTING) waiting.push(bytes)
      else if (socket.readyState === OPEN) socket.send(bytes)
    },
    onFrame: end.onFrame,
    onClose: end.onClose,
    close() {
      if (!end.isClosed()) shut(NORMAL)
    },
  }
}
