import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { MAX_PORT_FRAME_BYTES } from '../shared/limits.ts'
import type { Port } from '../shared/rpc/port.ts'
import { createWebSocketPort } from '../shared/rpc/websocket-port.ts'
import { ENGINE_PATH, HOST_PATH, SESSION_UNKNOWN, SUBPROTOCOL } from '../shared/shell-handshake.ts'
import { isOwnRequest } from './request-checks.ts'
import type { Sessions } from './sessions.ts'

export interface SocketParts {
  server: Server
  sessions: Sessions
  port: () => number
  serveEngine(port: Port): void
  serveHost(port: Port): void
}

/** WebSockets at once: two a page, for more windows than anybody opens. */
const MAX_SOCKETS = 64

const refuse = (socket: Duplex, status: string) => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

const offeredProtocols = ({ headers }: IncomingMessage): string[] =>
  (headers['sec-websocket-protocol'] ?? '').split(',').map(offered => offered.trim())

/** The two endpoints of a page. Returns the function that closes every socket. */
export const acceptSockets = ({ server, sessions, port, serveEngine, serveHost }: SocketParts): (() => void) => {
  const endpoints: Readonly<Record<string, (port: Port) => void>> = {
    [ENGINE_PATH]: serveEngine,
    [HOST_PATH]: serveHost,
  }
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PORT_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  })

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const path = request.url ?? ''
    const serve = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined
    if (!isOwnRequest(request, port(), 'call')) return refuse(socket, '403 Forbidden')
    if (serve === undefined) return refuse(socket, '404 Not Found')
    if (webSockets.clients.size >= MAX_SOCKETS) return refuse(socket, '503 Service Unavailable')
    const [protocol, session] = offeredProtocols(request)
    if (protocol !== SUBPROTOCOL || session === undefined) return refuse(socket, '400 Bad Request')
    webSockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      // Without a listener what anybody on this machine sends before the session is looked at would end the process.
      webSocket.on('error', () => webSocket.terminate())
      // Only an open socket can tell the page why it is refused.
      if (!sessions.isKnown(session)) return webSocket.close(SESSION_UNKNOWN)
      serve(createWebSocketPort(webSocket))
    })
  })

  return () => {
    for (const client of webSockets.clients) client.terminate()
    webSockets.close()
  }
}
