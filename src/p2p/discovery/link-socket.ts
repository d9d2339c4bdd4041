import { createSocket, type RemoteInfo } from 'node:dgram'
import { GROUPS, MULTICAST_TTL } from './constants.ts'
import { isOnLink, type LinkSpec } from './interfaces.ts'

export interface LinkSocketInit {
  spec: LinkSpec
  /** UDP port, 5353 but in tests and the demo. */
  port: number
  /** Joined the group; from now on `send` reaches the link. */
  onReady(): void
  /** A packet from the link itself, our own included, and the IP address of its sender, without a zone. */
  onPacket(bytes: Buffer, source: string): void
  /** The socket is of no use any more (interface gone, port taken); it has closed itself. */
  onFailure(error: Error): void
}

export interface LinkSocket {
  /** Resolves when the packet was handed to the system, or could not be: discovery repeats itself anyway. */
  send(bytes: Buffer): Promise<Error | null>
  close(): void
}

/**
 * The multicast socket of one interface and family: join and send are pinned to the interface, so that discovery needs
 * no default route and a VPN or virtual adapter cannot swallow it.
 */
export const openLinkSocket = ({ spec, port, onReady, onPacket, onFailure }: LinkSocketInit): LinkSocket => {
  const { family, zone } = spec
  const group = GROUPS[family]
  const ownAddress = spec.own[0]?.address ?? ''
  const via = family === 4 ? ownAddress : `::%${zone}`
  const socket = createSocket({ type: `udp${family}`, reuseAddr: true, ipv6Only: family === 6 })
  let isClosed = false

  const close = () => {
    if (isClosed) return
    isClosed = true
    socket.close()
  }
  const fail = (error: Error) => {
    if (isClosed) return
    close()
    onFailure(error)
  }
  const join = () => {
    socket.addMembership(group, via)
    socket.setMulticastInterface(via)
    socket.setMulticastTTL(MULTICAST_TTL)
    socket.setMulticastLoopback(true)
  }
  socket.on('error', fail)
  socket.on('message', (bytes: Buffer, source: RemoteInfo) => {
    if (!isClosed && isOnLink(spec, source.address)) onPacket(bytes, source.address.replace(/%.*$/, ''))
  })
  socket.on('listening', () => {
    try {
      join()
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
      return
    }
    onReady()
  })
  // Linux delivers no multicast to a socket bound to an interface address; Windows does, and keeps the interfaces apart
  const anyAddress = family === 6 ? '::' : process.platform === 'win32' ? ownAddress : '0.0.0.0'
  socket.bind({ port, address: anyAddress, exclusive: false })

  return {
    send: bytes =>
      new Promise(resolve => {
        if (isClosed) resolve(null)
        else socket.send(bytes, port, group, error => resolve(error))
      }),
    close,
  }
}
