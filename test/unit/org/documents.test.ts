import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeCanonical, toHex } from '../../../src/crypto/index.ts'
import { headerDocument } from '../../../src/org/documents/contact-list.ts'
import { freshnessDocument } from '../../../src/org/documents/freshness.ts'
import { decodeLeaf, deviceIdOf, leafOfGroup, leafOfPerson, leafOfTombstone } from '../../../src/org/documents/leaf.ts'
import { orderDocument } from '../../../src/org/documents/orders.ts'
import { policyDocument } from '../../../src/org/documents/policy.ts'
import { rootDocument } from '../../../src/org/documents/root.ts'
import { signedDocument } from '../../../src/org/documents/signed.ts'
import { isPlainLine } from '../../../src/shared/text-rules.ts'

const raw = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })
// the properties know the length of an id, not its brand
const id = (size: number) => raw(size).map(bytes => toHex(bytes) as never)
const time = fc.integer({ min: 0, max: 253_402_300_799_999 })
const counter = fc.integer({ min: 0, max: 2 ** 48 })
const line = (minLength: number, maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.floor(maxLength / 2) })
    .map(text => text.toWellFormed().normalize('NFC').slice(0, maxLength).toWellFormed())
    .filter(
      text =>
        text.length >= minLength &&
        text.length <= maxLength &&
        isPlainLine(text) &&
        (minLength === 0 || text.trim() !== ''),
    )
const name = line(1, 120)
const detail = line(0, 200)
const byId = <T>(entries: readonly T[], key: (entry: T) => string): T[] =>
  [...new Map(entries.map(entry => [key(entry), entry])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, e]) => e)

const device = fc
  .record({ sig: raw(32), dh: raw(32), name, addedAt: time, invitation: fc.option(id(16)) })
  .map(fields => ({ id: deviceIdOf(fields.sig), ...fields }))
const person = fc.record({
  personId: id(16),
  name,
  title: detail,
  department: detail,
  email: detail,
  phone: detail,
  photoHash: fc.option(raw(32)),
  devices: fc.array(device, { maxLength: 4 }).map(devices => byId(devices, ({ id }) => id)),
  roles: fc.array(name, { maxLength: 4 }).map(roles => byId(roles, role => role)),
})
const group = fc.record({
  groupId: id(16),
  name,
  members: fc.array(id(16), { maxLength: 5 }).map(ids => byId(ids, id => id)),
  departments: fc.array(line(1, 200), { maxLength: 3 }).map(names => byId(names, name => name)),
})
const tombstone = fc.record({
  deviceId: id(32),
  personId: id(16),
  removedAt: time,
  reason: fc.constantFrom('left' as const, 'lost' as const, 'stolen' as const, 'replaced' as const),
  invitation: fc.option(id(16)),
})
const root = fc
  .record({
    organisation: fc.option(id(32)),
    name,
    version: counter,
    previous: fc.option(id(32)),
    issued: fc.integer({ min: 0, max: 2 ** 40 }),
    keys: fc
      .array(fc.record({ id: id(32), holder: fc.option(id(16)), label: name }), { minLength: 1, maxLength: 5 })
      .map(keys => byId(keys, ({ id }) => id)),
  })
  .map(fields => {
    const role = { threshold: fields.keys.length, keys: fields.keys.map(({ id }) => id) }
    const roles = { root: role, contacts: role, orders: role, freshness: role }
    return { format: 1 as const, ...fields, expires: fields.issued + 1, roles }
  })
const header = fc.record({
  format: fc.constant(1 as const),
  organisation: id(32),
  rootVersion: counter,
  version: counter,
  previous: fc.option(id(32)),
  merkleRoot: id(32),
  count: fc.integer({ min: 0, max: 50_000 }),
  policyHash: id(32),
  issued: time,
  expires: time,
})

describe('what is encoded comes back the same', () => {
  test('people, groups and tombstones', () => {
    fc.assert(
      fc.property(person, group, tombstone, (aPerson, aGroup, aTombstone) => {
        expect(decodeLeaf(leafOfPerson(aPerson).bytes)).toMatchObject({ kind: 'person', value: aPerson })
        expect(decodeLeaf(leafOfGroup(aGroup).bytes)).toMatchObject({ kind: 'group', value: aGroup })
        expect(decodeLeaf(leafOfTombstone(aTombstone).bytes)).toMatchObject({ kind: 'tombstone', value: aTombstone })
      }),
    )
  })

  test('roots and headers', () => {
    fc.assert(
      fc.property(root, header, (aRoot, aHeader) => {
        expect(rootDocument.decode(rootDocument.encode(aRoot))).toEqual(aRoot)
        expect(headerDocument.decode(headerDocument.encode(aHeader))).toEqual(aHeader)
      }),
    )
  })

  test('envelopes', () => {
    const signature = fc.record({ key: id(32), signature: raw(64) })
    const envelope = fc.record({ document: fc.uint8Array(), signatures: fc.array(signature, { maxLength: 5 }) })
    const encoding = signedDocument(1_000)
    fc.assert(
      fc.property(envelope, signed => {
        expect(encoding.decode(encoding.encode(signed))).toEqual(signed)
      }),
    )
  })
})

test('no document is read as one of another kind, and no bytes crash a reader', () => {
  const decoders = [headerDocument, rootDocument, policyDocument, freshnessDocument, orderDocument].map(
    ({ decode }) => decode,
  )
  const refused = expect.objectContaining({ name: 'LanyardError' })
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.jsonValue().map(hostile)), bytes => {
      for (const decode of [...decoders, decodeLeaf]) expect(() => decode(bytes)).toThrow(refused)
    }),
  )
})

const hostile = (value: unknown): Uint8Array => {
  try {
    return encodeCanonical(value as never)
  } catch {
    // floats and plain objects are nothing that the encoding carries
    return new Uint8Array()
  }
}

describe('a name', () => {
  const alice = { personId: '00'.repeat(16) as never, title: '', department: '', email: '', phone: '', photoHash: null }
  const named = (text: string) => () => leafOfPerson({ ...alice, name: text, devices: [], roles: [] })

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(121)],
    ['of two lines', 'Alice\nAdministrator'],
    ['with a control character', 'Alice\u0000'],
    ['that turns the writing direction', 'Alice \u202eecila'],
  ])('%s is bad input', (_, text) => {
    expect(named(text)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })

  test('in the decomposed form is the same name', () => {
    expect(named('Zoe\u0308')().bytes).toEqual(named('Zo\u00eb')().bytes)
  })
})
