import { describe, expect, test } from 'vitest'
import { decodeCanonical, encodeCanonical, toHex } from '../../../src/crypto/index.ts'
import { signedRoot } from '../../../src/org/documents/root-chain.ts'
import { trustFirstBundle } from '../../../src/org/index.ts'
import { bundleDocument, bundleOf } from '../../../src/org/trust/bundle.ts'
import {
  actor,
  adding,
  DAY,
  expectRefused,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  receive,
  rotate,
  signedBy,
  updated,
  withHeader,
  withRole,
  withRoot,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const { trusted: first, rootSeed, adminSeed, freshnessSeed } = found(alice)
const malloryKey = newSeed()
const YEARS = 365 * DAY
type Fields = Map<number, unknown>

describe('Alice rotates the root', () => {
  test('and a device that is two versions behind walks through both', () => {
    const second = rotate(first, { name: 'Harbour & Daughters' }, [rootSeed])
    const third = rotate(second, { name: 'Harbour Ltd' }, [rootSeed])
    const result = receive(first, third)
    expect(result).toMatchObject({ kind: 'updated', changes: { isRootChanged: true } })
    expect(result.trusted.root).toMatchObject({ version: 3, name: 'Harbour Ltd' })
    expect(result.trusted.organisationId).toBe(first.organisationId)
  })

  test('and a new device walks the whole chain from the pinned hash', () => {
    const third = rotate(rotate(first, {}, [rootSeed]), { name: 'Harbour Ltd' }, [rootSeed])
    const bytes = bundleDocument.encode(bundleOf(third))
    expect(trustFirstBundle(provider, first.organisationId, bytes, MONDAY + DAY).root.name).toBe('Harbour Ltd')
  })

  test('to another root key: the old one and the new one must both sign', () => {
    const newKey = newSeed()
    const change = withRole(first.root, 'root', { threshold: 1, keys: [keyOf(newKey)] })
    expectRefused(receive(first, withRoot(first, change, newKey)), 'threshold-short')
    expectRefused(receive(first, withRoot(first, change, rootSeed)), 'threshold-short')
    const second = rotate(first, change, [rootSeed, newKey])
    // from then on the old key alone moves nothing any more
    expectRefused(receive(second, withRoot(second, {}, rootSeed)), 'key-wrong-role')
    updated(receive(second, withRoot(second, {}, newKey)))
  })

  test('to two of three root keys', () => {
    const seeds = [newSeed(), newSeed(), newSeed()]
    const [one, two, three] = seeds as [Uint8Array, Uint8Array, Uint8Array]
    const change = withRole(first.root, 'root', { threshold: 2, keys: seeds.map(keyOf) })
    const second = rotate(first, change, [rootSeed, one, three])
    expectRefused(receive(second, withRoot(second, {}, two)), 'threshold-short')
    updated(receive(second, withRoot(second, {}, three, two)))
  })

  test('and a root that has run out is still a step in the middle of the chain', () => {
    const short = updated(receive(first, withRoot(first, { expires: MONDAY + DAY }, rootSeed)))
    const third = rotate(short, {}, [rootSeed], MONDAY + HOUR)
    expect(receive(first, third, MONDAY + 2 * YEARS)).toMatchObject({ kind: 'updated' })
  })

  test('and a root that does not stand leaves those before it in force', () => {
    const second = rotate(first, { name: 'Harbour & Daughters' }, [rootSeed])
    const trusted = expectRefused(receive(first, withRoot(second, {}, malloryKey)), 'key-unknown')
    expect(trusted.root).toMatchObject({ version: 2, name: 'Harbour & Daughters' })
  })

  test('but nothing is taken over at the end of a chain that has run out', () => {
    const short = updated(receive(first, withRoot(first, { expires: MONDAY + DAY }, rootSeed)))
    const withBob = publish(short, adding(bob), [adminSeed])
    const trusted = expectRefused(receive(first, withBob, MONDAY + 2 * DAY), 'root-expired')
    // the root itself is kept: it proves that the older one is history
    expect(trusted.root.version).toBe(2)
    expect(trusted.list).toBe(first.list)
    const bytes = bundleDocument.encode(bundleOf(withBob))
    expect(() => trustFirstBundle(provider, first.organisationId, bytes, MONDAY + 2 * DAY)).toThrow(
      expect.objectContaining({ code: 'expired', reason: 'root-expired' }),
    )
  })
})

describe('Mallory makes a root', () => {
  test('signed by a key that nobody knows', () => {
    const change = withRole(first.root, 'root', { threshold: 1, keys: [keyOf(malloryKey)] })
    expectRefused(receive(first, withRoot(first, change, malloryKey)), 'threshold-short')
    expectRefused(receive(first, withRoot(first, {}, malloryKey)), 'key-unknown')
  })

  test('signed with the administrator’s contacts key: wrong role', () => {
    expectRefused(receive(first, withRoot(first, {}, adminSeed)), 'key-wrong-role')
  })

  test('that skips a version', () => {
    expectRefused(receive(first, withRoot(first, { version: 3 }, rootSeed)), 'root-gap')
  })

  test('of another organisation, or of none', () => {
    const other = found(actor('Mallory')).trusted.organisationId
    expectRefused(receive(first, withRoot(first, { organisation: other }, rootSeed)), 'wrong-organisation')
    expectRefused(receive(first, withRoot(first, { organisation: null }, rootSeed)), 'wrong-organisation')
  })

  test('that does not follow the root known here', () => {
    const previous = toHex(provider.sha256(new Uint8Array()))
    expectRefused(receive(first, withRoot(first, { previous }, rootSeed)), 'root-gap')
  })

  test('dated years ahead', () => {
    const bundle = withRoot(first, { issued: MONDAY + YEARS, expires: MONDAY + 2 * YEARS }, rootSeed)
    expectRefused(receive(first, bundle), 'issued-in-future')
  })

  test('that can never be followed', () => {
    const { roles } = first.root
    const impossible = { ...roles, contacts: { ...roles.contacts, threshold: 2 } }
    expectRefused(receive(first, withRoot(first, { roles: impossible }, rootSeed)), 'malformed')
    const strange = { ...roles, contacts: { threshold: 1, keys: [keyOf(malloryKey)] } }
    expectRefused(receive(first, withRoot(first, { roles: strange }, rootSeed)), 'malformed')
    expectRefused(receive(first, withRoot(first, { expires: MONDAY }, rootSeed)), 'malformed')
  })

  test('in which one key stands twice to count twice, or keys stand in another order', () => {
    const { roots } = withRoot(
      first,
      withRole(first.root, 'contacts', { threshold: 2, keys: [keyOf(adminSeed), keyOf(malloryKey)] }),
    )
    const fields = decodeCanonical(roots[1]?.document ?? new Uint8Array(), { maxBytes: 10_000 }) as Fields
    const contacts = (fields.get(8) as Fields).get(2) as Fields
    const [low, high] = contacts.get(1) as Uint8Array[]
    for (const keys of [
      [low, low],
      [high, low],
    ]) {
      contacts.set(1, keys)
      const root = signedBy('lanyard/root/1', encodeCanonical(fields as never), rootSeed)
      expectRefused(receive(first, { ...bundleOf(first), roots: [...first.roots, root] }), 'malformed')
    }
    contacts.set(1, [low, high])
    const root = signedBy('lanyard/root/1', encodeCanonical(fields as never), rootSeed)
    updated(receive(first, { ...bundleOf(first), roots: [...first.roots, root] }))
  })

  test('or serves no root at all, or one changed by a bit', () => {
    const bytes = bundleDocument.encode({ ...bundleOf(first), roots: [] })
    expect(() => trustFirstBundle(provider, first.organisationId, bytes, MONDAY)).toThrow(
      expect.objectContaining({ reason: 'malformed' }),
    )
    const [root] = first.roots
    if (root === undefined) throw new Error('a chain has a first root')
    const document = root.document.map((byte, i) => (i === root.document.length - 1 ? byte ^ 1 : byte))
    expectRefused(receive(first, { ...bundleOf(first), roots: [{ ...root, document }] }), 'wrong-organisation')
  })

  test('with a root key that signed two second versions: a fork, kept as evidence', () => {
    const second = rotate(first, { name: 'Harbour Ltd' }, [rootSeed])
    const otherSecond = rotate(first, { name: 'Mallory Ltd' }, [rootSeed])
    const trusted = expectRefused(receive(second, otherSecond), 'fork')
    expect(trusted.root.name).toBe('Harbour Ltd')
    const [evidence] = trusted.forks
    expect(evidence).toMatchObject({ document: 'root', version: 2, noticedAt: MONDAY + 2 * HOUR })
    expect(evidence?.trusted).toEqual(signedRoot.encode(second.roots[1] as never))
    expect(evidence?.contradicting).toEqual(signedRoot.encode(otherSecond.roots[1] as never))
    // the same again is no new evidence
    expect(receive(trusted, otherSecond).trusted.forks).toHaveLength(1)
  })
})

describe('an administrator’s key is stolen', () => {
  const newAdmin = newSeed()
  const withBob = publish(first, adding(bob), [adminSeed])
  const disowning = withRole(first.root, 'contacts', { threshold: 1, keys: [keyOf(newAdmin)] })

  test('and after the rotation signs nothing any more', () => {
    const second = rotate(first, disowning, [rootSeed])
    expectRefused(receive(second, withBob), 'key-wrong-role')
  })

  test('and the chain is kept even if the thief still serves his list with it', () => {
    const second = rotate(first, disowning, [rootSeed])
    const result = receive(first, { ...bundleOf(withBob), roots: second.roots })
    expect(expectRefused(result, 'key-wrong-role').root.version).toBe(2)
    expect(result).toMatchObject({ changes: { isRootChanged: true, people: [] } })
  })

  test('after the version was counted up to the end: a list under the new root takes its place', () => {
    const worn = updated(receive(withBob, withHeader(withBob, { version: 2 ** 47 }, adminSeed)))
    const second = rotate(worn, disowning, [rootSeed])
    const honest = { ...withHeader(withBob, { version: 3, rootVersion: 2 }, newAdmin), roots: second.roots }
    const recovered = updated(receive(second, honest))
    expect(recovered.list.header.version).toBe(3)
    // an old list that the remaining keys happen to cover does not come back this way
    const old = { ...withHeader(withBob, { version: 3, rootVersion: 1 }, newAdmin), roots: second.roots }
    expectRefused(receive(second, old), 'rollback')
  })

  test('while one of two administrators stays: old lists of theirs stay old', () => {
    const carol = newSeed()
    const shared = rotate(
      first,
      withRole(first.root, 'contacts', { threshold: 1, keys: [keyOf(adminSeed), keyOf(carol)] }),
      [rootSeed],
    )
    const byCarol = publish(shared, adding(bob), [carol])
    const byAlice = publish(byCarol, [{ kind: 'remove-person', personId: bob.personId, reason: 'left' }], [adminSeed])
    const withoutAlice = rotate(byAlice, withRole(shared.root, 'contacts', { threshold: 1, keys: [keyOf(carol)] }), [
      rootSeed,
    ])
    expectRefused(receive(withoutAlice, { ...bundleOf(byCarol), roots: withoutAlice.roots }), 'rollback')
    const anew = publish(withoutAlice, [], [carol])
    expect(anew.list.header).toMatchObject({ version: 4, rootVersion: 3 })
  })

  test('and the freshness key, too, is replaced by the root alone', () => {
    const key = newSeed()
    const second = rotate(first, withRole(first.root, 'freshness', { threshold: 1, keys: [keyOf(key)] }), [rootSeed])
    expect(second.root.roles.freshness.keys).not.toContain(keyOf(freshnessSeed))
  })
})
