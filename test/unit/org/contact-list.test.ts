import { describe, expect, test } from 'vitest'
import { toHex } from '../../../src/crypto/index.ts'
import { prepareList, publishList, signList } from '../../../src/org/administration/sign-list.ts'
import { type GroupId, leafOfGroup, leafOfPerson } from '../../../src/org/documents/leaf.ts'
import { hashLeaves, merkleRoot } from '../../../src/org/documents/merkle.ts'
import { defaultPolicy, policyDocument } from '../../../src/org/documents/policy.ts'
import { hashOf, type Root } from '../../../src/org/documents/root.ts'
import { applyBundle, trustFirstBundle } from '../../../src/org/index.ts'
import { bundleDocument, bundleOf } from '../../../src/org/trust/bundle.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import {
  actor,
  adding,
  DAY,
  expectRefused,
  expectUnchanged,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  receive,
  rotate,
  updated,
  withHeader,
  withRole,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const mallory = actor('Mallory')
const { trusted: first, rootSeed, adminSeed, freshnessSeed } = found(alice)
const withBob = publish(first, adding(bob), [adminSeed])
const malloryKey = newSeed()

/** A header over leaves of one's own choice, so that only what a test means is wrong. */
const overLeaves = (trusted: TrustedState, leaves: readonly Uint8Array[]) => ({
  ...withHeader(
    trusted,
    {
      version: trusted.list.header.version + 1,
      previous: trusted.list.hash,
      merkleRoot: toHex(merkleRoot(provider, hashLeaves(provider, leaves))),
      count: leaves.length,
    },
    adminSeed,
  ),
  leaves,
})

describe('Alice signs a list', () => {
  test('with Bob on it, and his device takes it over', () => {
    const result = receive(first, withBob)
    expect(result).toMatchObject({
      kind: 'updated',
      changes: {
        people: [bob.personId],
        addedDevices: [bob.device.id],
        removedPeople: [],
        removedDevices: [],
        forks: [],
      },
    })
    expect(result.trusted.devices.get(bob.device.id)?.person.name).toBe('Bob')
  })

  test('and the same bundle again changes nothing', () => {
    expectUnchanged(receive(withBob, withBob), withBob)
  })

  test('that removes Bob, whose device leaves a tombstone and can never come back', () => {
    const removed = publish(withBob, [{ kind: 'remove-person', personId: bob.personId, reason: 'left' }], [adminSeed])
    expect(receive(withBob, removed)).toMatchObject({
      kind: 'updated',
      changes: { removedPeople: [bob.personId], removedDevices: [bob.device.id] },
    })
    expect(removed.tombstones.get(bob.device.id)).toMatchObject({ personId: bob.personId, reason: 'left' })
    expect(() => prepareList(provider, removed, { edits: adding(bob) }, MONDAY + DAY)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })

  test('that changes the rules, which travel bound to it', () => {
    const policy = { ...defaultPolicy, retentionDays: 90 }
    const draft = signList(provider, prepareList(provider, withBob, { edits: [], policy }, MONDAY + DAY), adminSeed)
    const strict = updated(publishList(provider, withBob, draft, MONDAY + DAY))
    const result = receive(first, strict, MONDAY + DAY)
    expect(result).toMatchObject({ kind: 'updated', changes: { isPolicyChanged: true } })
    expect(result.trusted.policy.value.retentionDays).toBe(90)
  })

  test('and a device that knows only the pinned root hash takes everything over', () => {
    const bytes = bundleDocument.encode(bundleOf(withBob))
    const trusted = trustFirstBundle(provider, first.organisationId, bytes, MONDAY + DAY)
    expect([...trusted.people.values()].map(({ name }) => name).sort()).toEqual(['Alice', 'Bob'])
  })
})

describe('Mallory serves a list', () => {
  test('that is older: rollback', () => {
    const trusted = expectRefused(receive(withBob, first), 'rollback')
    expect(trusted).toBe(withBob)
  })

  test('that she signed herself: key unknown', () => {
    expectRefused(receive(first, withHeader(withBob, {}, malloryKey)), 'key-unknown')
  })

  test('signed with the freshness key: wrong role', () => {
    expectRefused(receive(first, withHeader(withBob, {}, freshnessSeed)), 'key-wrong-role')
  })

  test('signed by nobody: threshold short', () => {
    expectRefused(receive(first, withHeader(withBob, {})), 'threshold-short')
  })

  test('with a signature of another document: signature invalid', () => {
    const bundle = withHeader(withBob, {}, adminSeed)
    const signatures = first.list.signed.signatures
    expectRefused(receive(first, { ...bundle, list: { ...bundle.list, signatures } }), 'signature-invalid')
  })

  test('with a freshness statement that passes for a list: malformed', () => {
    const { freshness } = bundleOf(withBob)
    if (freshness === null) throw new Error('a founded organisation has a freshness statement')
    expectRefused(receive(first, { ...bundleOf(withBob), list: freshness }), 'malformed')
  })

  test('with her own signature riding along, which is not kept', () => {
    const trusted = updated(receive(first, withHeader(withBob, {}, adminSeed, malloryKey)))
    expect(trusted.list.signed.signatures.map(({ key }) => key)).toEqual([keyOf(adminSeed)])
  })

  test('of another organisation', () => {
    const other = found(mallory)
    expectRefused(receive(first, other.trusted), 'wrong-organisation')
    expectRefused(
      receive(first, withHeader(withBob, { organisation: other.trusted.organisationId }, adminSeed)),
      'wrong-organisation',
    )
    const bytes = bundleDocument.encode(bundleOf(other.trusted))
    expect(() => trustFirstBundle(provider, first.organisationId, bytes, MONDAY)).toThrow(
      expect.objectContaining({ code: 'wrong-organisation', reason: 'wrong-organisation' }),
    )
  })

  test('of an organisation of her own that calls itself by the other’s id', () => {
    const own = found(mallory)
    const bundle = withHeader(own.trusted, { organisation: first.organisationId }, own.adminSeed)
    const bytes = bundleDocument.encode({ ...bundle, freshness: null })
    expect(() => trustFirstBundle(provider, first.organisationId, bytes, MONDAY)).toThrow(
      expect.objectContaining({ reason: 'wrong-organisation' }),
    )
  })

  test('with somebody else in it: merkle root', () => {
    const intruder = leafOfPerson({ ...mallorysEntry(), name: 'Bob' })
    const leaves = bundleOf(withBob).leaves.with(0, intruder.bytes)
    expectRefused(receive(first, { ...bundleOf(withBob), leaves }), 'merkle-mismatch')
  })

  test('with somebody missing: count', () => {
    expectRefused(receive(first, { ...bundleOf(withBob), leaves: bundleOf(withBob).leaves.slice(1) }), 'count-mismatch')
  })

  test('with other rules: policy', () => {
    const policy = policyDocument.encode({ ...defaultPolicy, retentionDays: 1 })
    expectRefused(receive(first, { ...bundleOf(withBob), policy }), 'policy-mismatch')
  })

  test('and what is refused leaves no trace', () => {
    const bundle = { ...bundleOf(withBob), leaves: [] }
    expect(receive(first, bundle).trusted).toBe(first)
  })
})

const mallorysEntry = () => ({
  personId: mallory.personId,
  name: 'Mallory',
  title: '',
  department: '',
  email: '',
  phone: '',
  photoHash: null,
  devices: [mallory.device],
  roles: [],
})

describe('a careless administrator signs a list', () => {
  test('dated an hour ahead by a wrong clock: accepted', () => {
    const ahead = publish(first, adding(bob), [adminSeed], MONDAY + HOUR)
    expect(receive(first, ahead, MONDAY)).toMatchObject({ kind: 'updated' })
  })

  test('dated a year ahead: refused as not yet valid', () => {
    const bundle = withHeader(withBob, { issued: MONDAY + 365 * DAY, expires: MONDAY + 400 * DAY }, adminSeed)
    expect(receive(first, bundle)).toMatchObject({ kind: 'refused', code: 'not-yet-valid', reason: 'issued-in-future' })
  })

  test('that has run out: taken over, and told through its status', () => {
    expect(receive(first, withBob, MONDAY + 2 * 365 * DAY)).toMatchObject({ kind: 'updated' })
  })

  test('that expires before it begins: malformed', () => {
    expectRefused(receive(first, withHeader(withBob, { expires: MONDAY }, adminSeed)), 'malformed')
  })

  test('under a root that nobody has: root missing', () => {
    expectRefused(receive(first, withHeader(withBob, { rootVersion: 2 }, adminSeed)), 'root-missing')
  })

  test('with entries in the wrong order, or twice', () => {
    const leaves = bundleOf(withBob).leaves
    expectRefused(receive(withBob, overLeaves(withBob, leaves.toReversed())), 'list-inconsistent')
    const [one] = leaves
    if (one === undefined) throw new Error('the list has an entry')
    expectRefused(receive(withBob, overLeaves(withBob, [one, one])), 'list-inconsistent')
  })

  test('on which two people share a device', () => {
    const twin = leafOfPerson({ ...mallorysEntry(), devices: [bob.device] })
    const leaves = [...withBob.leaves, twin].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ bytes }) => bytes)
    expectRefused(receive(withBob, overLeaves(withBob, leaves)), 'list-inconsistent')
  })

  test('on which two devices share a key of the handshake', () => {
    const twin = leafOfPerson({ ...mallorysEntry(), devices: [{ ...mallory.device, dh: bob.device.dh }] })
    const leaves = [...withBob.leaves, twin].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ bytes }) => bytes)
    expectRefused(receive(withBob, overLeaves(withBob, leaves)), 'list-inconsistent')
  })

  test('on which a removed device is listed again', () => {
    const removed = publish(withBob, [{ kind: 'remove-person', personId: bob.personId, reason: 'stolen' }], [adminSeed])
    const bobsEntry = withBob.leaves.find(({ key }) => key.includes(bob.personId))
    if (bobsEntry === undefined) throw new Error('Bob is listed')
    const leaves = [...removed.leaves, bobsEntry].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ bytes }) => bytes)
    expectRefused(receive(removed, overLeaves(removed, leaves)), 'list-inconsistent')
  })
})

describe('Alice and Carol must both sign', () => {
  const carolsSeed = newSeed()
  const bothSign = (root: Root) =>
    withRole(root, 'contacts', { threshold: 2, keys: [keyOf(adminSeed), keyOf(carolsSeed)] })
  const shared = rotate(first, bothSign(first.root), [rootSeed])

  test('and one signature alone is short of the threshold', () => {
    const draft = signList(provider, prepareList(provider, shared, { edits: adding(bob) }, MONDAY + DAY), adminSeed)
    expectRefused(publishList(provider, shared, draft, MONDAY + DAY), 'threshold-short')
  })

  test('and one of them signing twice counts once, and is refused as a duplicate when forced in', () => {
    const once = signList(provider, prepareList(provider, shared, { edits: adding(bob) }, MONDAY + DAY), adminSeed)
    const twice = signList(provider, once, adminSeed)
    expectRefused(publishList(provider, shared, twice, MONDAY + DAY), 'threshold-short')
    const [signature] = once.header.signatures
    if (signature === undefined) throw new Error('Alice has signed')
    const forced = { ...once, header: { ...once.header, signatures: [signature, signature] } }
    expectRefused(publishList(provider, shared, forced, MONDAY + DAY), 'signature-duplicate')
  })

  test('and both together, in any order, are enough', () => {
    const draft = prepareList(provider, shared, { edits: adding(bob) }, MONDAY + DAY)
    for (const seeds of [
      [adminSeed, carolsSeed],
      [carolsSeed, adminSeed],
    ]) {
      const complete = seeds.reduce((draft, seed) => signList(provider, draft, seed), draft)
      updated(publishList(provider, shared, complete, MONDAY + DAY))
    }
  })

  test('and a role that lists the same key twice is malformed', () => {
    const twice = withRole(first.root, 'contacts', { threshold: 2, keys: [keyOf(adminSeed), keyOf(adminSeed)] })
    expect(() => rotate(first, twice, [rootSeed])).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })
})

describe('a list that is too long', () => {
  const groups = Array.from({ length: 2_001 }, (_, i) =>
    leafOfGroup({
      groupId: i.toString(16).padStart(32, '0') as GroupId,
      name: `Group ${i}`,
      members: [],
      departments: [],
    }),
  )

  test('is refused even when an administrator has signed it', () => {
    const leaves = [...withBob.leaves, ...groups].map(({ bytes }) => bytes)
    expect(receive(withBob, overLeaves(withBob, leaves))).toMatchObject({ kind: 'refused', code: 'document-too-large' })
    updated(receive(withBob, overLeaves(withBob, leaves.slice(0, -1))))
  })

  test('says more entries than any list can have: malformed before anything is counted', () => {
    expect(() => withHeader(withBob, { count: 1_000_000 }, adminSeed)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })
})

describe('hostile bytes', () => {
  const bytes = bundleDocument.encode(bundleOf(withBob))

  test('that are too many', () => {
    const result = applyBundle(provider, first, new Uint8Array(16 * 1024 * 1024 + 1), MONDAY)
    expect(result).toMatchObject({ kind: 'refused', code: 'document-too-large', reason: 'too-large' })
  })

  test('that are cut off, empty or longer', () => {
    for (const hostile of [bytes.slice(0, -1), new Uint8Array(), new Uint8Array([...bytes, 0])])
      expectRefused(applyBundle(provider, first, hostile, MONDAY), 'malformed')
  })

  test('that say the same in a longer form', () => {
    // the format number 1 of the first field, written with two bytes
    expect([...bytes.slice(0, 3)]).toEqual([0xa7, 0x00, 0x01])
    const longer = new Uint8Array([0xa7, 0x00, 0x18, 0x01, ...bytes.slice(3)])
    expectRefused(applyBundle(provider, first, longer, MONDAY), 'malformed')
  })

  test('that hold the header in another order of fields', () => {
    const { document } = withBob.list.signed
    // field 0 (format 1) moved behind field 1 (32 bytes), and signed so by an administrator's broken tool
    const swapped = new Uint8Array([
      ...document.slice(0, 1),
      ...document.slice(3, 38),
      ...document.slice(1, 3),
      ...document.slice(38),
    ])
    expect(hashOf(provider, swapped)).not.toBe(withBob.list.hash)
    const bundle = { ...bundleOf(withBob), list: { ...withBob.list.signed, document: swapped } }
    expectRefused(receive(first, bundle), 'malformed')
  })
})
