import type { Identify } from '@libp2p/identify'
import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { ed25519 } from '@noble/curves/ed25519.js'
import { HELLO_PROTOCOL, MAX_HELLO_BYTES, MESSAGE_PROTOCOL } from '../../../src/p2p/node/constants.ts'
import { encodeHello } from '../../../src/p2p/node/hello.ts'
import { keyFromSeed } from '../../../src/p2p/node/identity-key.ts'
import { startNode } from '../../../src/p2p/node/libp2p-node.ts'
import { peerIdOf } from '../../../src/p2p/node/peer-ids.ts'
import { readFrame, writeFrame } from '../../../src/p2p/node/stream-frames.ts'
import type { DeviceId } from '../../../src/shared/ids.ts'
import { type Actor, deviceOfSeed } from './actors.ts'

export interface Mallory {
  device: DeviceId
  connect(victim: Actor): Promise<Connection>
  /** The whole way of an honest member: hello, then the message stream. */
  befriend(victim: Actor): Promise<{ connection: Connection; stream: Stream }>
  /** What libp2p's own identify protocol tells about the other side. */
  identify(connection: Connection): ReturnType<Identify['identify']>
  stop(): Promise<void>
}

/** Mallory has stolen a member's device and speaks whatever bytes she likes on a bare libp2p node. */
export const createMallory = async (): Promise<Mallory> => {
  const seed = ed25519.utils.randomSecretKey()
  const { libp2p } = await startNode({ privateKey: keyFromSeed(seed), listen: ['/ip4/127.0.0.1/tcp/0'], gater: {} })
  const connect = (victim: Actor) =>
    libp2p.dial(
      victim.network.addresses().map(address => multiaddr(`${address}/p2p/${peerIdOf(victim.device)}`)),
      { force: true },
    )
  return {
    device: deviceOfSeed(seed),
    connect,
    async befriend(victim) {
      const connection = await connect(victim)
      const hello = await connection.newStream(HELLO_PROTOCOL)
      writeFrame(hello, encodeHello({ addresses: [], payload: Uint8Array.of(7) }))
      await readFrame(hello, { maxBytes: MAX_HELLO_BYTES })
      return { connection, stream: await connection.newStream(MESSAGE_PROTOCOL) }
    },
    identify: connection => (libp2p.services.identify as Identify).identify(connection),
    stop: async () => void (await libp2p.stop()),
  }
}

interface Closable {
  status: string
  addEventListener(type: 'close', listener: () => void): void
}

export const closed = (target: Closable): Promise<void> =>
  target.status === 'open' ? new Promise(resolve => target.addEventListener('close', resolve)) : Promise.resolve()
