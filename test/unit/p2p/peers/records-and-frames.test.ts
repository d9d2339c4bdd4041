import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { encodeCanonical, fromHex } from '../../../../src/crypto/index.ts'
import { keyFromSeed } from '../../../../src/p2p/node/identity-key.ts'
import {
  MAX_HOLDINGS,
  MAX_PEERS_FRAME_BYTES,
  MAX_RECORD_BYTES,
  MAX_RECORDS_PER_FRAME,
  RECORD_RENEWAL,
} from '../../../../src/p2p/peers/constants.ts'
import { decodePeersFrame, encodePeersFrame, MalformedPeersError } from '../../../../src/p2p/peers/frames.ts'
import { createOwnRecord } from '../../../../src/p2p/peers/own-record.ts'
import {
  MalformedRecordError,
  type PeerRecord,
  readPeerRecord,
  sealPeerRecord,
} from '../../../../src/p2p/peers/peer-record.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'
import { deviceOfSeed } from '../actors.ts'

const seed = ed25519.utils.randomSecretKey()
const privateKey = keyFromSeed(seed)
const alice = deviceOfSeed(seed)
const T = 1_800_000_000_000
const deviceOfNumber = (n: number) => n.toString(16).padStart(64, '0') as DeviceId

describe('a peer record', () => {
  it('carries where its device listens, signed', async () => {
    const addresses = ['/ip4/10.0.0.1/tcp/4001', '/ip6/fd00::1/tcp/4001']
    const { bytes } = await sealPeerRecord(privateKey, alice, addresses, T)
    const record = readPeerRecord(bytes)
    expect(record).toMatchObject({ device: alice, seq: T, addresses, bytes })
    expect(await record.isSignedByItsDevice()).toBe(true)
  })

  it('fits its bound with as many of the longest addresses as it may have, and takes no more', async () => {
    const longest = Array.from({ length: 12 }, (_, n) => `/ip6/2001:db8:1111:2222:3333:4444:5555:${6000 + n}/tcp/65535`)
    const { bytes, addresses } = await sealPeerRecord(privateKey, alice, longest, T)
    expect(addresses).toEqual(longest.slice(0, 8))
    expect(bytes.length).toBeLessThanOrEqual(MAX_RECORD_BYTES)
  })

  it('says nothing of addresses that mean something on one link only', async () => {
    const { addresses } = await sealPeerRecord(privateKey, alice, ['/ip4/169.254.1.1/tcp/4001'], T)
    expect(addresses).toEqual([])
  })

  it('stays itself when somebody adds bytes outside the signature', async () => {
    const { bytes } = await sealPeerRecord(privateKey, alice, [], T)
    const unknownField = Uint8Array.of(0x7a, 0x02, 1, 2) // field 15, two bytes
    expect(readPeerRecord(Uint8Array.from([...bytes, ...unknownField])).bytes).toEqual(bytes)
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['noise', Uint8Array.from({ length: 300 }, (_, n) => n * 71)],
    ['too much', new Uint8Array(MAX_RECORD_BYTES + 1)],
  ])('is not %s', (_, bytes) => {
    expect(() => readPeerRecord(bytes)).toThrow(MalformedRecordError)
  })

  it('is not believed with any other byte, unless it reads as the very same', async () => {
    const { bytes } = await sealPeerRecord(privateKey, alice, ['/ip4/10.0.0.1/tcp/4001'], T)
    const believed = async (changed: Uint8Array) => {
      const record = readPeerRecord(changed)
      return (await record.isSignedByItsDevice()) ? record.bytes : undefined
    }
    for (let n = 0; n < bytes.length; n++) {
      const changed = Uint8Array.from(bytes)
      changed[n] = (changed[n] ?? 0) ^ (1 << (n % 8))
      const outcome = await believed(changed).catch((error: unknown) => {
        expect(error).toBeInstanceOf(MalformedRecordError)
        return undefined
      })
      if (outcome !== undefined) expect([n, outcome]).toEqual([n, bytes])
    }
  })
})

describe('the own record', () => {
  const scene = () => {
    const world = { now: T, addresses: ['/ip4/10.0.0.1/tcp/4001'], sealed: [] as PeerRecord[] }
    const own = createOwnRecord({
      privateKey,
      self: alice,
      addresses: () => world.addresses,
      now: () => world.now,
      onSealed: record => world.sealed.push(record),
    })
    return { world, own }
  }

  it('is signed anew when the addresses are others, when it ages, and not otherwise', async () => {
    const { world, own } = scene()
    await own.refresh()
    await own.refresh()
    expect(world.sealed).toHaveLength(1)
    world.addresses = ['/ip4/10.0.0.2/tcp/4001']
    await own.refresh()
    world.now += RECORD_RENEWAL
    await own.refresh()
    expect(world.sealed.map(({ seq }) => seq)).toEqual([T, T + 1, T + RECORD_RENEWAL])
  })

  it('does not exist without an address, and takes the last ones back when all are gone', async () => {
    const { world, own } = scene()
    world.addresses = []
    await own.refresh()
    expect(world.sealed).toEqual([])
    world.addresses = ['/ip4/10.0.0.1/tcp/4001']
    await own.refresh()
    world.addresses = []
    await own.refresh()
    expect(world.sealed.map(({ addresses }) => addresses.length)).toEqual([1, 0])
  })

  it('wins over what was signed before the clock went back', async () => {
    const { world, own } = scene()
    await own.refresh()
    await own.outdo(T + 5_000)
    expect(world.sealed.at(-1)?.seq).toBe(T + 5_001)
    await own.outdo(T + 4_000)
    expect(world.sealed).toHaveLength(2)
  })
})

describe('a frame of peer exchange', () => {
  const devices = [alice, deviceOfNumber(7)]
  it.each([
    { kind: 'held' as const, holdings: new Map(devices.map(device => [device, T])) },
    { kind: 'answer' as const, records: [Uint8Array.of(1, 2)], wanted: devices },
    { kind: 'told' as const, records: [] },
  ])('is read as it was written: $kind', frame => {
    expect(decodePeersFrame(encodePeersFrame(frame))).toEqual(frame)
  })

  it('has room for all that its bounds allow', () => {
    const many = Array.from({ length: MAX_HOLDINGS }, (_, n) => deviceOfNumber(n))
    const held = encodePeersFrame({ kind: 'held', holdings: new Map(many.map(device => [device, T])) })
    const records = Array.from({ length: MAX_RECORDS_PER_FRAME }, () => new Uint8Array(MAX_RECORD_BYTES))
    const answer = encodePeersFrame({ kind: 'answer', records, wanted: many.slice(0, MAX_RECORDS_PER_FRAME) })
    expect(Math.max(held.length, answer.length)).toBeLessThanOrEqual(MAX_PEERS_FRAME_BYTES)
  })

  it.each([
    ['of another kind', [4, []]],
    ['with more in it', [3, [], 1]],
    ['with a short device', [1, [[new Uint8Array(31), T]]]],
    ['with a negative number', [1, [[fromHex(alice), -1]]]],
    ['with a record that is text', [3, ['record']]],
    ['with too many records', [3, Array.from({ length: MAX_RECORDS_PER_FRAME + 1 }, () => new Uint8Array(1))]],
    ['that is no array', 7],
  ])('is refused %s', (_, value) => {
    expect(() => decodePeersFrame(encodeCanonical(value))).toThrow(MalformedPeersError)
  })
})
