/** What every member's device refuses, by name, in a bundle and in a delta alike; and goes on with what it trusted. */
import { describe, expect, test } from 'vitest'
import { decodeCanonical, encodeCanonical } from '../../../src/crypto/index.ts'
import { decodeLeaf, leafOfPerson } from '../../../src/org/documents/leaf.ts'
import { defaultPolicy, policyDocument } from '../../../src/org/documents/policy.ts'
import { type Delta, deltaDocument } from '../../../src/org/history/delta.ts'
import { applyBundle, applyDelta, encodeDelta, listStatus, type RefusalReason } from '../../../src/org/index.ts'
import { type Bundle, bundleDocument, bundleOf } from '../../../src/org/trust/bundle.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import {
  actor,
  adding,
  DAY,
  detailsOf,
  expectRefused,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  rotate,
  updated,
  withFreshness,
  withHeader,
  withRole,
  withRoot,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const { trusted: first, rootSeed, adminSeed, freshnessSeed } = found(alice)
const second = publish(first, adding(bob), [adminSeed])
const third = publish(second, [{ kind: 'put-person', person: { ...detailsOf(bob), title: 'Mate' } }], [adminSeed])
const other = found(actor('Mallory'))
const malloryKey = newSeed()
const carolsKey = newSeed()
const shared = rotate(
  second,
  withRole(second.root, 'contacts', { threshold: 2, keys: [keyOf(adminSeed), keyOf(carolsKey)] }),
  [rootSeed],
)
/** The root no longer names the administrator's old key at all. */
const withoutOldKey = rotate(
  second,
  {
    keys: [
      ...second.root.keys.filter(({ id }) => id !== keyOf(adminSeed)),
      { id: keyOf(carolsKey), holder: null, label: 'Administrator' },
    ],
    roles: {
      ...second.root.roles,
      contacts: { threshold: 1, keys: [keyOf(carolsKey)] },
      orders: { threshold: 1, keys: [keyOf(carolsKey)] },
    },
  },
  [rootSeed],
)
const NOW = MONDAY + 2 * HOUR

/** The same news as a delta for somebody who trusts `base`. */
const asDelta = (base: TrustedState, { roots, list, leaves, policy, freshness, orders }: Bundle): Delta => {
  const keys = new Set(leaves.map(bytes => decodeLeaf(bytes).key))
  return {
    format: 1,
    base: base.list.hash,
    firstRoot: 2,
    roots: roots.slice(1),
    list,
    changed: leaves,
    removed: base.leaves.map(({ key }) => key).filter(key => !keys.has(key)),
    policy,
    freshness,
    orders,
  }
}

/** The next list of somebody, with a header that says what a case needs. */
const next = (trusted: TrustedState, change: Parameters<typeof withHeader>[1], ...seeds: readonly Uint8Array[]) =>
  withHeader(
    trusted,
    {
      version: trusted.list.header.version + 1,
      previous: trusted.list.hash,
      rootVersion: trusted.root.version,
      ...change,
    },
    ...seeds,
  )
const duplicated = (bundle: Bundle): Bundle => ({
  ...bundle,
  list: { ...bundle.list, signatures: [...bundle.list.signatures, ...bundle.list.signatures] },
})
const shortLived = updated(
  applyBundle(provider, second, bundleDocument.encode(withRoot(second, { expires: MONDAY + DAY }, rootSeed)), NOW),
)
const anotherSecond = publish(first, adding(actor('Eve')), [adminSeed])

interface Case {
  readonly name: string
  readonly trusted: TrustedState
  readonly news: Bundle
  readonly reason: RefusalReason
  readonly now?: number
}

const cases: readonly Case[] = [
  { name: 'rollback', trusted: third, news: bundleOf(second), reason: 'rollback' },
  {
    name: 'rollback of the statement of what is newest',
    trusted: third,
    news: withFreshness(third, { listVersion: 0, issued: NOW, expires: NOW + DAY }, freshnessSeed),
    reason: 'rollback',
  },
  { name: 'fork', trusted: second, news: bundleOf(anotherSecond), reason: 'fork' },
  {
    name: 'fast-forward: a list from years ahead',
    trusted: second,
    news: next(second, { version: 2 ** 47, issued: MONDAY + 900 * DAY, expires: MONDAY + 1_000 * DAY }, adminSeed),
    reason: 'issued-in-future',
  },
  {
    name: 'fast-forward: a statement from years ahead',
    trusted: second,
    news: withFreshness(second, { issued: MONDAY + 900 * DAY, expires: MONDAY + 901 * DAY }, freshnessSeed),
    reason: 'issued-in-future',
  },
  {
    name: 'fast-forward: a root that skips versions',
    trusted: second,
    news: withRoot(second, { version: 1_000 }, rootSeed),
    reason: 'root-gap',
  },
  {
    name: 'mix-and-match: one version’s entries under another’s header',
    trusted: second,
    news: { ...bundleOf(third), leaves: bundleOf(second).leaves },
    reason: 'merkle-mismatch',
  },
  {
    name: 'mix-and-match: other rules',
    trusted: second,
    news: { ...bundleOf(third), policy: policyDocument.encode({ ...defaultPolicy, retentionDays: 1 }) },
    reason: 'policy-mismatch',
  },
  {
    name: 'mix-and-match: a statement about another list of this version',
    trusted: second,
    news: withFreshness(anotherSecond, {}, freshnessSeed),
    reason: 'fork',
  },
  { name: 'threshold short', trusted: shared, news: next(shared, {}, adminSeed), reason: 'threshold-short' },
  {
    name: 'one key counted twice, duplicate signatures',
    trusted: shared,
    news: duplicated(next(shared, {}, adminSeed)),
    reason: 'signature-duplicate',
  },
  { name: 'unknown key', trusted: second, news: next(second, {}, malloryKey), reason: 'key-unknown' },
  { name: 'removed key', trusted: withoutOldKey, news: next(withoutOldKey, {}, adminSeed), reason: 'key-unknown' },
  { name: 'wrong role', trusted: second, news: next(second, {}, freshnessSeed), reason: 'key-wrong-role' },
  {
    name: 'wrong role: a root signed with the key of the contact list',
    trusted: second,
    news: withRoot(second, {}, adminSeed),
    reason: 'key-wrong-role',
  },
  {
    name: 'wrong organisation',
    trusted: second,
    news: next(second, { organisation: other.trusted.organisationId }, adminSeed),
    reason: 'wrong-organisation',
  },
  {
    name: 'expired root at the end of the chain',
    trusted: shortLived,
    news: next(shortLived, {}, adminSeed),
    reason: 'root-expired',
    now: MONDAY + 2 * DAY,
  },
  {
    name: 'a statement that lasts for ever',
    trusted: second,
    news: withFreshness(second, { issued: NOW, expires: NOW + 8 * DAY }, freshnessSeed),
    reason: 'lifetime-too-long',
  },
]

/** The version of the list is what counts when the header is another: a fork’s evidence is kept beside it. */
const surviving = ({ list, root, leaves, freshness, orders }: TrustedState) => ({
  list,
  root,
  leaves,
  freshness,
  orders,
})

describe.each(cases)('$name', ({ trusted, news, reason, now = NOW }) => {
  test('in a bundle', () => {
    const result = applyBundle(provider, trusted, bundleDocument.encode(news), now)
    expect(surviving(expectRefused(result, reason))).toEqual(surviving(trusted))
  })

  test('in a delta', () => {
    const result = applyDelta(provider, trusted, deltaDocument.encode(asDelta(trusted, news)), now)
    expect(surviving(expectRefused(result, reason))).toEqual(surviving(trusted))
  })
})

describe('an expired root in the middle of a chain', () => {
  const mended = publish(rotate(shortLived, {}, [rootSeed], MONDAY + HOUR), [], [adminSeed])

  test('is but a step, in a bundle and in a delta', () => {
    const later = MONDAY + 2 * DAY
    const bundle = bundleDocument.encode(bundleOf(mended))
    expect(updated(applyBundle(provider, second, bundle, later)).root.version).toBe(3)
    const delta = deltaDocument.encode(asDelta(second, bundleOf(mended)))
    expect(updated(applyDelta(provider, second, delta, later)).list.header.version).toBe(3)
  })
})

describe('freeze', () => {
  test('shows as soon as nobody vouches for the list any more', () => {
    expect(listStatus(second, MONDAY + DAY).freshness).toBe('fresh')
    // Mallory keeps every later statement from Bob: what he has runs out
    expect(applyBundle(provider, second, bundleDocument.encode(bundleOf(second)), MONDAY + 9 * DAY).kind).toBe(
      'unchanged',
    )
    expect(listStatus(second, MONDAY + 9 * DAY).freshness).toBe('stale')
  })

  test('shows at once when a statement names a newer list that is kept from Bob', () => {
    const claim = { listVersion: 3, listHash: third.list.hash }
    const bundle = withFreshness(second, claim, freshnessSeed)
    const trusted = updated(applyBundle(provider, second, bundleDocument.encode(bundle), NOW))
    expect(listStatus(trusted, NOW).freshness).toBe('stale')
  })
})

describe('bytes that are not canonical', () => {
  const encoders = {
    bundle: [bundleDocument.encode(bundleOf(third)), applyBundle],
    delta: [deltaDocument.encode(asDelta(second, bundleOf(third))), applyDelta],
  } as const

  test.each(Object.entries(encoders))('in a %s', (_, [bytes, apply]) => {
    const longerHead = new Uint8Array([...bytes.slice(0, 2), 0x18, 0x01, ...bytes.slice(3)])
    const fields = decodeCanonical(bytes, { maxBytes: bytes.length }) as Map<number, never>
    const withoutOne = new Map([...fields].slice(1))
    const withOneMore = new Map([...fields, [99, null]])
    for (const hostile of [
      longerHead,
      new Uint8Array([...bytes, 0]),
      bytes.slice(0, -1),
      encodeCanonical(withoutOne),
      encodeCanonical(withOneMore),
    ])
      expect(expectRefused(apply(provider, second, hostile, NOW), 'malformed')).toBe(second)
    expect(apply(provider, second, bytes, NOW).kind).toBe('updated')
  })

  test.each(Object.entries(encoders))('and too many of them, as a %s', (_, [, apply]) => {
    expect(expectRefused(apply(provider, second, new Uint8Array(16 * 1024 * 1024 + 1), NOW), 'too-large')).toBe(second)
  })
})

describe('a delta that does not add up', () => {
  const honest = asDelta(second, bundleOf(third))
  const intruder = leafOfPerson({ ...detailsOf(actor('Mallory')), devices: [] })
  const inOrder = (...leaves: readonly Uint8Array[]) =>
    [...leaves].sort((a, b) => (decodeLeaf(a).key < decodeLeaf(b).key ? -1 : 1))
  const faults: readonly (readonly [name: string, change: Partial<Delta>, reason: RefusalReason])[] = [
    ['for another list', { base: first.list.hash }, 'delta-base'],
    ['that adds somebody', { changed: inOrder(...honest.changed, intruder.bytes) }, 'count-mismatch'],
    ['that removes somebody', { changed: [], removed: [second.leaves[0]?.key as never] }, 'count-mismatch'],
    ['that changes nobody', { changed: [] }, 'merkle-mismatch'],
    ['out of order', { changed: inOrder(...honest.changed).reverse() }, 'delta-mismatch'],
    ['with one entry twice', { changed: honest.changed.flatMap(bytes => [bytes, bytes]) }, 'delta-mismatch'],
    ['that changes and removes the same', { removed: second.leaves.map(({ key }) => key) }, 'delta-mismatch'],
    ['with an entry that is none', { changed: [new Uint8Array([0x80])] }, 'malformed'],
    ['with an entry that is no CBOR', { changed: [new Uint8Array([0xff])] }, 'malformed'],
    ['with other rules', { policy: policyDocument.encode({ ...defaultPolicy, retentionDays: 7 }) }, 'policy-mismatch'],
  ]

  test.each(faults)('%s', (_, change, reason) => {
    const result = applyDelta(provider, second, deltaDocument.encode({ ...honest, ...change }), NOW)
    expect(expectRefused(result, reason)).toBe(second)
  })

  test('can be written for any claim of the other side', () => {
    const claims = { listHash: first.list.hash, rootVersion: 2 ** 48 }
    const bytes = encodeDelta(third, claims, { keys: new Set(), isPolicyTouched: false })
    expectRefused(applyDelta(provider, second, bytes, NOW), 'delta-base')
  })
})

test('every refusal is an error that a person can be told', () => {
  for (const { trusted, news, now = NOW } of cases) {
    const result = applyBundle(provider, trusted, bundleDocument.encode(news), now)
    if (result.kind !== 'refused') throw new Error('refused')
    expect(result.message).toMatch(/^(?:root|contact list|freshness|policy)\b/)
    expect(result.code).not.toBe('internal')
  }
})
