import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CanonicalValue,
  createReset,
  decodeCanonical,
  decodeChannel,
  decodeDeviceKeys,
  decodePrekeySecrets,
  emptyChannel,
  encodeCanonical,
  encodeDeviceKeys,
  encodePrekeySecrets,
  openFromPeer,
  publicPrekeys,
  sealToPeer,
  utf8,
  verifyPrekeyBundle,
  verifyReset,
} from '../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import { channelOf, contextOf, introduce, open, seal } from './actors.ts'

const provider = createNativeProvider()
const { alice, bob } = introduce(provider)
const first = seal(alice, 'one')
const missing = seal(alice, 'missing')
const third = seal(alice, 'three')
open(bob, first)
open(bob, third)
open(alice, seal(bob, 'answer'))
const statement = createReset(contextOf(bob), channelOf(bob), missing)
const bundle = publicPrekeys(provider, bob.keys, bob.prekeys, { withOneTime: alice.keys.sig.publicKey })

/** Each decoder with bytes that it reads. */
const decoders: Record<string, { good: Uint8Array; read: (bytes: Uint8Array) => unknown }> = {
  'device keys': { good: encodeDeviceKeys(alice.keys), read: bytes => decodeDeviceKeys(provider, bytes) },
  'prekey secrets': { good: encodePrekeySecrets(bob.prekeys), read: decodePrekeySecrets },
  'prekey bundle': { good: bundle, read: bytes => verifyPrekeyBundle(provider, bob.keys.sig.publicKey, bytes) },
  channel: { good: bob.stored, read: decodeChannel },
  reset: { good: statement, read: bytes => verifyReset(contextOf(alice), bytes) },
}

const expectCodes = (read: () => unknown) => {
  try {
    return { accepted: read() }
  } catch (error) {
    expect(error).toMatchObject({
      name: 'LanyardError',
      code: expect.stringMatching(/^(document-malformed|document-too-large|signature-missing)$/),
    })
    return undefined
  }
}

describe.each(Object.entries(decoders))('the decoder of %s', (_, { good, read }) => {
  test('reads what was written', () => {
    expect(expectCodes(() => read(good))).toBeDefined()
  })

  test('refuses every cut, and anything behind the end', () => {
    for (let length = 0; length < good.length; length += 1 + Math.floor(length / 64))
      expect(expectCodes(() => read(good.slice(0, length)))).toBeUndefined()
    expect(expectCodes(() => read(new Uint8Array([...good, 0])))).toBeUndefined()
  })

  test('has a code for whatever it refuses: random bytes, changed bytes, another shape', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat({ max: 255 }), (junk, at, byte) => {
        expectCodes(() => read(junk))
        expectCodes(() => read(good.with(at % good.length, byte)))
      }),
      { numRuns: 200 },
    )
    const fields = decodeCanonical(good, { maxBytes: 1_000_000 }) as CanonicalValue[]
    for (const wrong of [null, -1, 2 ** 40, 'text', new Uint8Array(3), [], new Map([[1, 1]])])
      for (const index of fields.keys()) {
        const bytes = encodeCanonical(fields.with(index, wrong))
        if (Buffer.compare(bytes, good) !== 0) expectCodes(() => read(bytes))
      }
  })

  test('refuses what is far too large before it looks inside', () => {
    expect(() => read(new Uint8Array(3 * 1024 * 1024))).toThrow(expect.objectContaining({ code: 'document-too-large' }))
  })
})

describe('an envelope from a hostile peer', () => {
  const openRaw = (bytes: Uint8Array) => openFromPeer(contextOf(bob), channelOf(bob), bytes, bob.prekeys)

  test('never throws and never opens: random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        expect(openRaw(bytes).kind).toBe('unopenable')
      }),
    )
  })

  test('never throws and never opens: every field replaced', () => {
    const fresh = introduce(provider)
    const opening = seal(fresh.alice, 'opening')
    for (const [actor, envelope] of [
      [bob, missing],
      [fresh.bob, opening],
    ] as const) {
      const fields = decodeCanonical(envelope, { maxBytes: 100_000 }) as CanonicalValue[]
      const sizes = [0, 1, 15, 16, 17, 60, 1_088, 1_200, 20_000]
      const wrongs: CanonicalValue[] = [null, 0, 2, 'x', [], ...sizes.map(size => new Uint8Array(size))]
      for (const index of fields.keys())
        for (const wrong of wrongs) {
          const bytes = encodeCanonical(fields.with(index, wrong))
          const opened = openFromPeer(contextOf(actor), channelOf(actor), bytes, actor.prekeys)
          expect(opened).toMatchObject({ kind: 'unopenable' })
        }
    }
  })

  test('a handshake with keys of small order or a ciphertext of noise opens nothing', () => {
    const fresh = introduce(provider)
    const fields = decodeCanonical(seal(fresh.alice, 'opening'), { maxBytes: 100_000 }) as CanonicalValue[]
    const handshake = decodeCanonical(fields[2] as Uint8Array, { maxBytes: 2_000 }) as CanonicalValue[]
    for (const [index, wrong] of [
      [0, new Uint8Array(32)],
      [1, 1],
      [2, 99],
      [3, new Uint8Array(1_088).fill(7)],
    ] as const) {
      const bytes = encodeCanonical(fields.with(2, encodeCanonical(handshake.with(index, wrong))))
      const opened = openFromPeer(contextOf(fresh.bob), channelOf(fresh.bob), bytes, fresh.bob.prekeys)
      expect(opened).toMatchObject({ kind: 'unopenable' })
    }
  })

  test('too large is malformed, and is not sealed either', () => {
    expect(openRaw(new Uint8Array(20 * 1024 + 1))).toMatchObject({ reason: 'malformed', resetHelps: false })
    expect(() => sealToPeer(contextOf(bob), channelOf(bob), new Uint8Array(20 * 1024))).toThrow(RangeError)
  })

  test('what is intact still opens after all that', () => {
    expect(open(bob, missing)).toBe('missing')
  })
})

test('prekeys with keys that no honest device makes lead to no session', () => {
  const honest = verifyPrekeyBundle(provider, bob.keys.sig.publicKey, bundle)
  for (const hostile of [
    { ...honest, signed: new Uint8Array(32) },
    { ...honest, kem: new Uint8Array(1_184).fill(0xff) },
    { ...honest, oneTime: { id: 1, publicKey: new Uint8Array(32) } },
  ])
    expect(sealToPeer(contextOf(alice), emptyChannel(), utf8('x'), hostile).kind).toBe('prekeys-needed')
})

test("a reset of Mallory, or of Bob to Mallory, is not Alice's", () => {
  const { alice: mallory } = introduce(provider)
  const forBob = { ...contextOf(alice), self: mallory.keys }
  expect(() => verifyReset(forBob, statement)).toThrow(expect.objectContaining({ code: 'signature-missing' }))
  const ofMallory = { ...contextOf(alice), peer: { sig: mallory.keys.sig.publicKey, dh: mallory.keys.dh.publicKey } }
  expect(() => verifyReset(ofMallory, statement)).toThrow(expect.objectContaining({ code: 'signature-missing' }))
})
