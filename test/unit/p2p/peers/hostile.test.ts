import type { Connection, Stream } from '@libp2p/interface'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { ed25519 } from '@noble/curves/ed25519.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HEARTBEAT_INTERVAL, MAX_OFFENCES } from '../../../../src/p2p/node/constants.ts'
import { encodeFrame, encodeLength } from '../../../../src/p2p/node/frames.ts'
import { keyFromSeed } from '../../../../src/p2p/node/identity-key.ts'
import { peerIdOf } from '../../../../src/p2p/node/peer-ids.ts'
import { readFrame, writeFrame } from '../../../../src/p2p/node/stream-frames.ts'
import {
  EXCHANGE_BURST,
  MAX_PEERS_FRAME_BYTES,
  MAX_RECORD_AGE,
  MAX_RECORD_BYTES,
  MAX_RECORD_LEAD,
  NEWS_BURST,
  PEERS_PROTOCOL,
} from '../../../../src/p2p/peers/constants.ts'
import { decodePeersFrame, encodePeersFrame } from '../../../../src/p2p/peers/frames.ts'
import { readPeerRecord, sealPeerRecord } from '../../../../src/p2p/peers/peer-record.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'
import { type Actor, createActor, deviceOfSeed, freeDiscoveryPort, next, text } from '../actors.ts'
import { closed, createMallory, type Mallory } from '../mallory.ts'

let alice: Actor
let mallory: Mallory
let friend: Awaited<ReturnType<Mallory['befriend']>>

/** A colleague who is away; what is said of him is Mallory's to pass on. */
const bobSeed = ed25519.utils.randomSecretKey()
const bob = deviceOfSeed(bobSeed)
const bobAt = (port: number, seq = Date.now(), host = '127.0.0.1') =>
  sealPeerRecord(keyFromSeed(bobSeed), bob, [`/ip4/${host}/tcp/${port}`], seq)

beforeEach(async () => {
  alice = createActor('Alice', { discoveryPort: freeDiscoveryPort() })
  mallory = await createMallory()
  for (const device of [mallory.device, bob]) alice.admissions.set(device, 'member')
  await alice.network.start()
  friend = await mallory.befriend(alice)
  showLife(friend.stream)
})
afterEach(async () => {
  await Promise.all([alice.network.stop(), mallory.stop()])
})

/** Her sign of life, so that she is not given up for her silence on a busy machine. */
const showLife = (stream: Stream) => {
  const timer = setInterval(() => {
    if (stream.status === 'open') stream.send(Uint8Array.of(0))
  }, HEARTBEAT_INTERVAL)
  stream.addEventListener('close', () => clearInterval(timer))
}

/** Mallory sends bytes and waits until Alice has dealt with them. */
const sends = async (bytes: Uint8Array) => {
  const stream = await friend.connection.newStream(PEERS_PROTOCOL)
  stream.send(bytes)
  await stream.close().catch(() => undefined) // Alice may have hung up first
  await closed(stream)
}
const tells = (...records: Uint8Array[]) => sends(toldFrame(...records))

/** Whether somebody who asks what Alice holds is told. */
const isAnswered = async (connection: Connection): Promise<boolean> => {
  const stream = await connection.newStream(PEERS_PROTOCOL)
  try {
    writeFrame(stream, encodePeersFrame({ kind: 'held', holdings: new Map() }))
    await readFrame(stream, { maxBytes: MAX_PEERS_FRAME_BYTES })
    await stream.close()
    return true
  } catch (error) {
    if (error instanceof Error) return false // Alice has reset the stream: that is her answer
    throw error
  }
}

/** What Alice holds, as she tells anybody who holds nothing. */
const aliceHolds = async () => {
  const stream = await friend.connection.newStream(PEERS_PROTOCOL)
  writeFrame(stream, encodePeersFrame({ kind: 'held', holdings: new Map() }))
  const answer = decodePeersFrame(await readFrame(stream, { maxBytes: MAX_PEERS_FRAME_BYTES }))
  await stream.close()
  if (answer.kind !== 'answer') throw new Error('no answer')
  return new Map(answer.records.map(readPeerRecord).map(({ device, addresses }) => [device, addresses]))
}
const whereAliceThinksBobIs = async () => (await aliceHolds()).get(bob)

describe('a member’s device in the wrong hands that passes on records', () => {
  it('is believed what the device itself has signed', async () => {
    await tells((await bobAt(4_001)).bytes)
    expect(await whereAliceThinksBobIs()).toEqual(['/ip4/127.0.0.1/tcp/4001'])
  })

  it('is told where the others are, and of itself nothing', async () => {
    const held = await aliceHolds()
    expect(held.get(alice.device)).toEqual(alice.network.addresses())
    expect(held.has(mallory.device)).toBe(false)
  })

  it('changes nothing by an older record, or the same again', async () => {
    const now = Date.now()
    await tells((await bobAt(4_001, now)).bytes)
    await tells((await bobAt(4_002, now - 1)).bytes)
    await tells((await bobAt(4_003, now)).bytes)
    expect(await whereAliceThinksBobIs()).toEqual(['/ip4/127.0.0.1/tcp/4001'])
  })

  it.each([
    ['from too far ahead', MAX_RECORD_LEAD + 60_000],
    ['from too long ago', -MAX_RECORD_AGE - 60_000],
  ])('changes nothing by a record %s', async (_, distance) => {
    await tells((await bobAt(4_001, Date.now() + distance)).bytes)
    expect(await whereAliceThinksBobIs()).toBeUndefined()
  })

  it('cannot speak of anybody who is not on the list', async () => {
    const seed = ed25519.utils.randomSecretKey()
    const stranger = deviceOfSeed(seed)
    const record = await sealPeerRecord(keyFromSeed(seed), stranger, ['/ip4/127.0.0.1/tcp/4001'], Date.now())
    await tells(record.bytes)
    expect((await aliceHolds()).has(stranger)).toBe(false)
  })

  it('is not listened to about somebody who was removed', async () => {
    await tells((await bobAt(4_001)).bytes)
    alice.admissions.delete(bob)
    alice.network.admissionChanged()
    alice.network.revoke(bob)
    expect(await whereAliceThinksBobIs()).toBeUndefined()
    await tells((await bobAt(4_002)).bytes)
    expect(await whereAliceThinksBobIs()).toBeUndefined()
  })

  it('leads nobody to services, other networks’ broadcasts or one link only', async () => {
    const addresses = [
      '/ip4/127.0.0.1/tcp/22',
      '/ip4/0.0.0.0/tcp/4001',
      '/ip4/224.0.0.251/tcp/4001',
      '/ip4/255.255.255.255/tcp/4001',
      '/ip4/169.254.7.1/tcp/4001',
      '/ip6/fe80::1/tcp/4001',
      '/ip6/::/tcp/4001',
      '/ip4/127.0.0.1/tcp/4001',
    ]
    // sealed by libp2p itself: ours would leave them out
    const record = new PeerRecord({ peerId: peerIdOf(bob), multiaddrs: addresses.map(one => multiaddr(one)) })
    await tells((await RecordEnvelope.seal(record, keyFromSeed(bobSeed))).marshal())
    expect(await whereAliceThinksBobIs()).toEqual(['/ip4/127.0.0.1/tcp/4001'])
  })

  it('keeps nobody busy with its own news: after a few they are neither taken nor passed on', async () => {
    const start = Date.now()
    for (let n = 1; n <= NEWS_BURST + 5; n++) await tells((await bobAt(4_000 + n, start + n)).bytes)
    expect(await whereAliceThinksBobIs()).toEqual([`/ip4/127.0.0.1/tcp/${4_000 + NEWS_BURST}`])
  })

  it('is not answered without end', async () => {
    let refused = 0
    for (let n = 0; n < EXCHANGE_BURST + 20; n++) {
      if (!(await isAnswered(friend.connection))) refused += 1
    }
    expect(refused).toBeGreaterThan(0)
    expect(alice.network.connected()).toEqual([mallory.device])
  })

  const broken: [string, () => Promise<Uint8Array> | Uint8Array][] = [
    ['no frame of ours', () => encodeFrame(text('how do you do'))],
    ['a frame over the limit', () => encodeLength(MAX_PEERS_FRAME_BYTES + 1)],
    ['a record over the limit', () => toldFrame(new Uint8Array(MAX_RECORD_BYTES + 1))],
    ['random bytes as a record', () => toldFrame(Uint8Array.from({ length: 200 }, (_, n) => n * 37))],
    ['an answer to nothing', () => encodeFrame(encodePeersFrame({ kind: 'answer', records: [], wanted: [] }))],
    ['a record that was changed after it was signed', async () => toldFrame(flipped((await bobAt(4_001)).bytes))],
    ['a record without a signature', async () => toldFrame(await unsigned())],
    ['a record of Bob that it has signed itself', async () => toldFrame(await signedByMallory())],
    [
      'two records of one device at once',
      async () => toldFrame((await bobAt(4_001)).bytes, (await bobAt(4_002, Date.now() + 1)).bytes),
    ],
  ]
  it.each(broken)('is shut out when it goes on sending %s', async (_, make) => {
    for (let n = 0; n < MAX_OFFENCES - 1; n++) await sends(await make())
    const lost = next(alice, 'device-disconnected')
    await sends(await make())
    await lost
    await expect(mallory.befriend(alice)).rejects.toThrow()
  })

  it('gets no answer before its hello', async () => {
    const another = await createMallory()
    alice.admissions.set(another.device, 'member')
    expect(await isAnswered(await another.connect(alice))).toBe(false)
    await another.stop()
  })
})

describe('a device that is not on the list', () => {
  it('is told nothing, even where it may join', async () => {
    const joe = await createMallory()
    alice.admissions.set(joe.device, 'join-only')
    const connection = await joe.connect(alice)
    expect(await isAnswered(connection)).toBe(false)
    await joe.stop()
  })
})

const toldFrame = (...records: Uint8Array[]) => encodeFrame(encodePeersFrame({ kind: 'told', records }))

const flipped = (bytes: Uint8Array) => {
  const changed = Uint8Array.from(bytes)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1 // the signature comes last
  return changed
}
const envelopeOf = async (device: DeviceId, seed: Uint8Array, change: (signature: Uint8Array) => Uint8Array) => {
  const sealed = await RecordEnvelope.seal(new PeerRecord({ peerId: peerIdOf(device) }), keyFromSeed(seed))
  return new RecordEnvelope({ ...sealed, signature: change(sealed.signature) }).marshal()
}
const unsigned = () => envelopeOf(bob, bobSeed, () => new Uint8Array(0))
const signedByMallory = () => envelopeOf(bob, ed25519.utils.randomSecretKey(), signature => signature)
