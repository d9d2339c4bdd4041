import { createConnection } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { concatBytes } from '../../../src/crypto/bytes.ts'
import { JOIN_PROTOCOL, ORG_PROTOCOL } from '../../../src/p2p/index.ts'
import {
  HELLO_PROTOCOL,
  MAX_DEVICE_CONNECTIONS,
  MAX_DEVICE_REQUESTS,
  MAX_JOIN_CONNECTIONS_PER_HOST,
  MAX_JOIN_FRAME_BYTES,
  MAX_OFFENCES,
  MAX_PENDING_PER_HOST,
  MAX_REQUEST_STREAMS,
  MESSAGE_PROTOCOL,
} from '../../../src/p2p/node/constants.ts'
import { encodeFrame, encodeLength } from '../../../src/p2p/node/frames.ts'
import { MAX_MESSAGE_FRAME_BYTES } from '../../../src/shared/limits.ts'
import { type Actor, createActor, freeDiscoveryPort, next, text } from './actors.ts'
import { closed, createMallory, type Mallory } from './mallory.ts'

let alice: Actor
let mallory: Mallory

beforeEach(async () => {
  alice = createActor('Alice', { discoveryPort: freeDiscoveryPort() })
  mallory = await createMallory()
  alice.admissions.set(mallory.device, 'member')
  await alice.network.start()
})
afterEach(async () => {
  await Promise.all([alice.network.stop(), mallory.stop()])
})

describe('a member’s device in the wrong hands', () => {
  it('is heard as long as it keeps to the protocol', async () => {
    const heard = next(alice, 'frame')
    const { stream } = await mallory.befriend(alice)
    stream.send(concatBytes(encodeFrame(text('one')), encodeFrame(text('two'))))
    expect(new TextDecoder().decode((await heard).bytes)).toBe('one')
  })

  it.each([
    ['larger than allowed', encodeLength(MAX_MESSAGE_FRAME_BYTES + 1)],
    ['of a length longer than needed', Uint8Array.of(0x80, 0x00)],
    ['of a length without end', new Uint8Array(10).fill(0xff)],
  ])('loses its connection over a frame that is %s', async (_, bytes) => {
    const lost = next(alice, 'device-disconnected')
    const { stream } = await mallory.befriend(alice)
    stream.send(bytes)
    await Promise.all([lost, closed(stream)])
    expect(alice.frames).toEqual([])
  })

  it('is given up when it says nothing any more', async () => {
    const lost = next(alice, 'device-disconnected')
    await mallory.befriend(alice)
    await lost
  })

  it('is shut out after five broken frames', async () => {
    for (let n = 0; n < MAX_OFFENCES; n++) {
      const { stream } = await mallory.befriend(alice)
      stream.send(Uint8Array.of(0x80, 0x00))
      await closed(stream)
    }
    await expect(mallory.befriend(alice)).rejects.toThrow()
  })

  it('is shut out as well for what the layer above holds against it, and dialled no more', async () => {
    for (let n = 0; n < MAX_OFFENCES; n++) {
      const { connection } = await mallory.befriend(alice)
      alice.network.offend(mallory.device, 'frames that nobody can read')
      await closed(connection)
    }
    await expect(mallory.befriend(alice)).rejects.toThrow()
  })

  it.each([
    ['random bytes', Uint8Array.from({ length: 64 }, (_, n) => n * 37)],
    ['too many bytes', new Uint8Array(100_000)],
    ['CBOR of another shape', encodeFrame(Uint8Array.of(0x82, 0x01, 0x02))],
  ])('loses its connection when its hello is %s', async (_, bytes) => {
    const connection = await mallory.connect(alice)
    const stream = await connection.newStream(HELLO_PROTOCOL)
    stream.send(bytes)
    await closed(connection)
    expect(alice.network.connected()).toEqual([])
  })

  it('gets no message stream without a hello, and none beside the first', async () => {
    const connection = await mallory.connect(alice)
    await closed(await connection.newStream(MESSAGE_PROTOCOL))
    expect(alice.network.connected()).toEqual([])
    const friend = await mallory.befriend(alice)
    const second = await friend.connection.newStream(MESSAGE_PROTOCOL)
    await closed(second)
    expect(alice.network.connected()).toEqual([mallory.device])
  })

  it('is hung up when it connects and then says nothing', async () => {
    await closed(await mallory.connect(alice))
  })

  it('gets no more connections at once than a few', async () => {
    for (let n = 1; n < MAX_DEVICE_CONNECTIONS; n++) await mallory.connect(alice)
    const last = await mallory.connect(alice)
    await closed(await mallory.connect(alice))
    expect(last.status).toBe('open')
    await closed(last) // Alice gives up those that say nothing
    await mallory.befriend(alice)
  })

  it('gets no more requests answered at once than a few, on one connection and on all', async () => {
    let asked = 0
    const never = new Promise<Uint8Array>(() => undefined)
    alice.network.handle(ORG_PROTOCOL, () => {
      asked += 1
      return never
    })
    const refused = []
    for (let n = 0; n < 3; n++) {
      const connection = await mallory.connect(alice)
      const streams = []
      for (let m = 0; m <= MAX_REQUEST_STREAMS; m++) {
        const stream = await connection.newStream(ORG_PROTOCOL)
        if (stream.status === 'open') stream.send(encodeFrame(text('versions')))
        streams.push(stream)
      }
      refused.push(Promise.race(streams.map(closed)))
    }
    await Promise.all(refused)
    expect(asked).toBeLessThanOrEqual(MAX_DEVICE_REQUESTS)
  })

  it('cannot make a request larger than the protocol allows', async () => {
    let asked = 0
    alice.network.handle(JOIN_PROTOCOL, async () => text(`${++asked}`))
    const connection = await mallory.connect(alice)
    const stream = await connection.newStream(JOIN_PROTOCOL)
    stream.send(encodeLength(MAX_JOIN_FRAME_BYTES + 1))
    await closed(stream)
    expect(asked).toBe(0)
  })

  it('sees a handler that fails as a closed stream, and nobody else sees anything', async () => {
    alice.network.handle(ORG_PROTOCOL, () => Promise.reject(new Error('the store is full')))
    const connection = await mallory.connect(alice)
    const stream = await connection.newStream(ORG_PROTOCOL)
    stream.send(encodeFrame(text('versions')))
    await closed(stream)
  })
})

describe('a machine with many keys, while an invitation is open', () => {
  let host: Actor
  const strangers: Mallory[] = []

  beforeEach(async () => {
    host = createActor('Alice', { discovery: 'off', listen: { hosts: ['127.0.0.1'] }, admit: () => 'join-only' })
    await host.network.start()
  })
  afterEach(async () => {
    await Promise.all([host.network.stop(), ...strangers.splice(0).map(stranger => stranger.stop())])
  })

  it('cannot take all places of those who join', async () => {
    const connect = async () => {
      const stranger = await createMallory()
      strangers.push(stranger)
      return stranger.connect(host)
    }
    const connections = []
    for (let n = 0; n < MAX_JOIN_CONNECTIONS_PER_HOST; n++) connections.push(await connect())
    await closed(await connect())
    expect(connections.map(({ status }) => status)).not.toContain('closed')
  })

  it('is not told where else the device listens: its other networks are no business of a stranger', async () => {
    const stranger = await createMallory()
    strangers.push(stranger)
    const told = await stranger.identify(await stranger.connect(host))
    expect(told).toMatchObject({ agentVersion: 'lanyard/1', listenAddrs: [] })
    expect(told.signedPeerRecord?.addresses ?? []).toEqual([])
  })

  it('cannot take all places of those who connect', async () => {
    const [, , address = '', , port = ''] = host.network.addresses()[0]?.split('/') ?? []
    const open = () => createConnection({ host: address, port: Number(port) }).on('error', () => undefined)
    const sockets = Array.from({ length: MAX_PENDING_PER_HOST + 1 }, open) // being turned away may be an error
    await Promise.race(sockets.map(socket => new Promise(resolve => socket.on('close', resolve))))
    expect(sockets.filter(socket => socket.closed)).toHaveLength(1)
    for (const socket of sockets) socket.destroy()
  })
})
