/**
 * The cases of TUF's conformance suite (github.com/theupdateframework/tuf-conformance, MIT, copyright 2023 Jussi
 * Kukkonen) that mean something here,
 * under their own names. TUF's root is our root, its targets and snapshot together our contact list (the header binds
 * the entries as a snapshot binds targets), its timestamp our freshness statement. docs/PROTOCOL.md section 3 lists the
 * mapping and what is left out.
 */
import { describe, expect, test } from 'vitest'
import { decodeCanonical, encodeCanonical } from '../../../src/crypto/index.ts'
import { issueFreshness } from '../../../src/org/administration/sign-list.ts'
import { headerDocument } from '../../../src/org/documents/contact-list.ts'
import { orderDocument } from '../../../src/org/documents/orders.ts'
import { hashOf, type RoleName, type Root, rootDocument } from '../../../src/org/documents/root.ts'
import type { Role, SignedBytes } from '../../../src/org/documents/signed.ts'
import { listStatus } from '../../../src/org/index.ts'
import { type ApplyResult, trustFirst } from '../../../src/org/trust/apply.ts'
import { type Bundle, bundleOf } from '../../../src/org/trust/bundle.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import {
  actor,
  adding,
  DAY,
  detailsOf,
  expectRefused,
  expectUnchanged,
  found,
  HOUR,
  keyOf,
  MONDAY,
  provider,
  publish,
  receive,
  rotate,
  signedBy,
  updated,
  withFreshness,
  withHeader,
  withRole,
  withRoot,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const founded = found(alice)
const { trusted: first, rootSeed, adminSeed, freshnessSeed } = founded
const second = publish(first, adding(bob), [adminSeed])
const third = publish(second, [{ kind: 'put-person', person: { ...detailsOf(bob), title: 'Mate' } }], [adminSeed])
const NOW = MONDAY + 2 * HOUR

/** The suite numbers its signers. */
const signer = (number: number): Uint8Array => new Uint8Array(32).fill(100 + number)
const roleOf = (keys: readonly number[], threshold: number): Role => ({
  threshold,
  keys: keys.map(number => keyOf(signer(number))),
})
const refusesFirst = (bundle: Bundle, organisation = first.organisationId) =>
  expect(() => trustFirst(provider, organisation, bundle, NOW))

describe('test_basic', () => {
  test('test_basic_init_and_refresh', () => {
    const trusted = trustFirst(provider, first.organisationId, bundleOf(first), NOW)
    expect(trusted).toMatchObject({ root: { version: 1 }, list: { header: { version: 1 } } })
    expect(trusted.freshness?.value.listVersion).toBe(1)
  })

  test('test_invalid_initial_root', () => {
    const fields = decodeCanonical(first.roots[0]?.document ?? new Uint8Array(), { maxBytes: 10_000 })
    const withoutVersion = new Map(fields as Map<number, never>)
    withoutVersion.delete(3)
    const root = signedBy('lanyard/root/1', encodeCanonical(withoutVersion), rootSeed)
    refusesFirst({ ...bundleOf(first), roots: [root] }).toThrow(
      expect.objectContaining({ reason: 'wrong-organisation' }),
    )
    refusesFirst({ ...bundleOf(first), roots: [root] }, hashOf(provider, root.document) as never).toThrow(
      expect.objectContaining({ code: 'document-malformed' }),
    )
  })

  test('test_unsigned_initial_root', () => {
    const [root] = first.roots
    if (root === undefined) throw new Error('a chain has a first root')
    const another = signedBy('lanyard/root/1', new Uint8Array(), rootSeed)
    const forged = { ...root, signatures: another.signatures }
    refusesFirst({ ...bundleOf(first), roots: [forged] }).toThrow(
      expect.objectContaining({ reason: 'signature-invalid' }),
    )
    refusesFirst({ ...bundleOf(first), roots: [{ ...root, signatures: [] }] }).toThrow(
      expect.objectContaining({ reason: 'threshold-short' }),
    )
  })

  describe('test_unsigned_metadata', () => {
    test('root', () => {
      const trusted = expectRefused(receive(first, withRoot(first, {})), 'threshold-short')
      expect(trusted).toBe(first)
    })
    test('timestamp', () => {
      const trusted = expectRefused(receive(first, withFreshness(second, {})), 'threshold-short')
      // a step further than TUF: the list is signed by itself, so it stands
      expect(trusted.list.header.version).toBe(2)
      expect(trusted.freshness).toBe(first.freshness)
    })
    test('snapshot, targets', () => {
      expect(expectRefused(receive(first, withHeader(second, {})), 'threshold-short')).toBe(first)
    })
  })

  test('test_timestamp_content_changes', () => {
    const vouched = updated(receive(second, withFreshness(second, { orderNumber: 0 }, freshnessSeed)))
    expectUnchanged(receive(vouched, withFreshness(second, { orderNumber: 9 }, freshnessSeed)), vouched)
  })

  test('test_basic_metadata_hash_support', () => {
    updated(receive(first, withFreshness(second, {}, freshnessSeed)))
    const listHash = hashOf(provider, new Uint8Array())
    expectRefused(receive(second, withFreshness(second, { listHash }, freshnessSeed)), 'fork')
    const merkleRoot = hashOf(provider, new Uint8Array())
    expectRefused(receive(first, withHeader(second, { merkleRoot }, adminSeed)), 'merkle-mismatch')
  })

  test('test_new_targets_version_mismatch', () => {
    // entries of the next version with the header of this one
    const mixed = { ...bundleOf(second), leaves: bundleOf(third).leaves }
    expectRefused(receive(first, mixed), 'merkle-mismatch')
  })
})

describe('test_rollback', () => {
  const vouchedFor = (trusted: TrustedState, now = NOW) =>
    updated(issueFreshness(provider, trusted, freshnessSeed, now, { joinsUntil: 0 }))

  test('test_simple_snapshot_rollback', () => {
    const trusted = vouchedFor(second)
    expect(expectRefused(receive(trusted, { ...bundleOf(trusted), ...listOf(first) }), 'rollback')).toBe(trusted)
  })

  test('test_new_timestamp_version_rollback', () => {
    const older = vouchedFor(second, NOW - HOUR)
    const trusted = updated(receive(older, vouchedFor(second)))
    expectUnchanged(receive(trusted, older), trusted)
  })

  test('test_snapshot_rollback', () => {
    const trusted = vouchedFor(second)
    const { list } = first
    const claim = { listVersion: 1, listHash: list.hash, issued: NOW + HOUR, expires: NOW + DAY }
    const attack = { ...withFreshness(trusted, claim, freshnessSeed), ...listOf(first) }
    expect(expectRefused(receive(trusted, attack, NOW + HOUR), 'rollback')).toBe(trusted)
    // and with the list that is known, so that only the statement goes back
    const statement = withFreshness(trusted, claim, freshnessSeed)
    expect(expectRefused(receive(trusted, statement, NOW + HOUR), 'rollback')).toBe(trusted)
  })

  test('test_targets_rollback', () => {
    const rolledBack = { ...bundleOf(third), leaves: bundleOf(first).leaves }
    expectRefused(receive(second, rolledBack), 'count-mismatch')
    expectRefused(receive(second, { ...bundleOf(third), leaves: bundleOf(second).leaves }), 'merkle-mismatch')
  })

  const stolen = 99_999
  const recovering = (role: RoleName, number: number) => (trusted: TrustedState) =>
    rotate(trusted, withRole(trusted.root, role, roleOf([number], 1)), [rootSeed])

  test('test_new_targets_fast_forward_recovery, test_new_snapshot_fast_forward_recovery', () => {
    const worn = updated(receive(second, withHeader(second, { version: stolen }, adminSeed)))
    expect(worn.list.header.version).toBe(stolen)
    const rotated = recovering('contacts', 1)(worn)
    const honest = { ...withHeader(second, { version: 3, rootVersion: 2 }, signer(1)), roots: rotated.roots }
    expect(updated(receive(worn, honest)).list.header.version).toBe(3)
  })

  test('test_new_timestamp_fast_forward_recovery', () => {
    const claim = { listVersion: stolen, issued: NOW, expires: NOW + DAY }
    const worn = updated(receive(second, withFreshness(second, claim, freshnessSeed)))
    expectRefused(receive(worn, vouchedFor(second, NOW + HOUR), NOW + HOUR), 'rollback')
    const rotated = recovering('freshness', 1)(worn)
    const honest = { ...withFreshness(rotated, { listVersion: 2 }, signer(1)), roots: rotated.roots }
    expect(updated(receive(worn, honest)).freshness?.value.listVersion).toBe(2)
  })
})

describe('test_expiration', () => {
  const short = updated(receive(first, withRoot(first, { expires: MONDAY + DAY }, rootSeed)))

  test('test_root_expired', () => {
    const served = publish(short, adding(bob), [adminSeed])
    const trusted = expectRefused(receive(first, served, MONDAY + 2 * DAY), 'root-expired')
    expect([trusted.root.version, trusted.list.header.version]).toEqual([2, 1])
    // an expired root in the middle of the chain is but a step
    const mended = rotate(short, {}, [rootSeed], MONDAY + HOUR)
    expect(updated(receive(first, mended, MONDAY + 2 * DAY)).root.version).toBe(3)
  })

  test('test_expired_metadata', () => {
    const vouched = updated(issueFreshness(provider, first, freshnessSeed, MONDAY + HOUR, { joinsUntil: 0 }))
    const later = publish(vouched, adding(bob), [adminSeed], MONDAY + DAY)
    const anew = updated(issueFreshness(provider, later, freshnessSeed, MONDAY + 17 * DAY, { joinsUntil: 0 }))
    expect(listStatus(vouched, MONDAY + 18 * DAY).freshness).toBe('stale')
    const trusted = updated(receive(vouched, anew, MONDAY + 18 * DAY))
    expect(trusted.list.header.version).toBe(2)
    expect(listStatus(trusted, MONDAY + 18 * DAY).freshness).toBe('fresh')
  })

  test('test_timestamp_expired', () => {
    const late = MONDAY + 30 * DAY
    const bundle = withFreshness(first, { issued: late - 10 * DAY, expires: late - 5 * DAY }, freshnessSeed)
    // it proves what was newest then, and makes nothing fresh now
    expect(listStatus(receive(first, bundle, late).trusted, late).freshness).toBe('stale')
  })

  test('test_snapshot_expired, test_targets_expired: on purpose, such a list is used and the person told', () => {
    const bundle = withHeader(second, { expires: MONDAY + 2 * HOUR }, adminSeed)
    const trusted = updated(receive(first, bundle, MONDAY + 5 * DAY))
    expect(listStatus(trusted, MONDAY + 5 * DAY).freshness).toBe('expired')
  })
})

describe('test_keys', () => {
  const listSignedBy = (trusted: TrustedState, signers: readonly number[]) =>
    receive(
      trusted,
      withHeader(
        trusted,
        { version: trusted.list.header.version + 1, previous: trusted.list.hash, rootVersion: trusted.root.version },
        ...signers.map(signer),
      ),
    )

  test('test_snapshot_does_not_meet_threshold, test_root_meets_threshold_but_snapshot_does_not', () => {
    const threeOfThree = rotate(first, withRole(first.root, 'contacts', roleOf([1, 2, 3], 3)), [rootSeed])
    const signedByAll = updated(listSignedBy(threeOfThree, [1, 2, 3]))
    const trusted = expectRefused(listSignedBy(signedByAll, [1, 2]), 'threshold-short')
    expect([trusted.root.version, trusted.list.header.version]).toEqual([2, 2])
  })

  test('test_snapshot_has_too_few_keys, test_snapshot_threshold: a root that could never be filled is refused', () => {
    const change = withRole(first.root, 'contacts', roleOf([1, 2, 3, 4, 5], 6))
    expectRefused(receive(first, withRoot(first, change, rootSeed)), 'malformed')
  })

  test('test_duplicate_keys_root', () => {
    const change = withRole(first.root, 'contacts', roleOf([1, 2], 2))
    const { roots } = withRoot(first, change)
    const fields = decodeCanonical(roots[1]?.document ?? new Uint8Array(), { maxBytes: 10_000 }) as Map<number, unknown>
    const contacts = (fields.get(8) as Map<number, Map<number, unknown>>).get(2)
    if (contacts === undefined) throw new Error('a root has a contacts role')
    const [key] = contacts.get(1) as readonly Uint8Array[]
    contacts.set(1, [key, key])
    const root = signedBy('lanyard/root/1', encodeCanonical(fields as never), rootSeed)
    expect(expectRefused(receive(first, { ...bundleOf(first), roots: [...first.roots, root] }), 'malformed')).toBe(
      first,
    )
  })

  test('test_keytype_and_scheme [ed25519/ed25519], the only one here', () => {
    const rootKeys: Role = { threshold: 2, keys: [keyOf(rootSeed), keyOf(signer(1))] }
    const withTwo = rotate(first, withRole(first.root, 'root', rootKeys), [rootSeed, signer(1)])
    const bundle = withRoot(withTwo, {}, rootSeed, signer(1))
    const forged = bundle.roots.map((root, i) =>
      i === 2 ? withSignatureOf(root, keyOf(signer(1)), badSignature) : root,
    )
    expect(expectRefused(receive(withTwo, { ...bundle, roots: forged }), 'signature-invalid')).toBe(withTwo)
  })
})

/** The suite's own example of a signature that looks reasonable. */
const badSignature = new Uint8Array(
  (
    'b61589620c287e23a00abf0e653421010a0ad33869e5a096d604e08d7b4f8eb9' +
    'c58ebb8a02124576be776f86ab5a3b05dbb6f27cc47f4b144f32ba4012d4b302'
  )
    .match(/../g)
    ?.map(byte => Number.parseInt(byte, 16)) ?? [],
)
const withSignatureOf = (signed: SignedBytes, key: string, signature: Uint8Array): SignedBytes => ({
  ...signed,
  signatures: signed.signatures.map(each => (each.key === key ? { ...each, signature } : each)),
})
const listOf = (trusted: TrustedState): Pick<Bundle, 'list' | 'leaves' | 'policy'> => bundleOf(trusted)

interface MdVersion {
  readonly keys: readonly number[]
  readonly threshold: number
  readonly sigs: readonly number[]
}

/** Expected to fail with their last version. */
const fails = true
const rootRotations: Record<string, readonly [versions: readonly MdVersion[], fails?: boolean]> = {
  '1-of-1-key-rotation': [
    [
      { keys: [1], threshold: 1, sigs: [1] },
      { keys: [2], threshold: 1, sigs: [2, 1] },
      { keys: [2], threshold: 1, sigs: [2] },
    ],
  ],
  '1-of-1-key-rotation-unused-signatures': [
    [
      { keys: [1], threshold: 1, sigs: [3, 1, 4] },
      { keys: [2], threshold: 1, sigs: [3, 2, 1, 4] },
      { keys: [2], threshold: 1, sigs: [3, 2, 4] },
    ],
  ],
  '3-of-5-sign-with-different-keycombos': [
    [
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 2, 4] },
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 4, 1] },
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 1, 3] },
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 1, 3] },
    ],
  ],
  '3-of-5-one-key-rotated': [
    [
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 2, 4] },
      { keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 4, 1] },
    ],
  ],
  '3-of-5-one-key-rotated-with-intermediate-step': [
    [
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 2, 4] },
      { keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 2, 4, 5] },
      { keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 4, 5] },
    ],
  ],
  '3-of-5-all-keys-rotated-with-intermediate-step': [
    [
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 2, 4] },
      { keys: [5, 6, 7, 8, 9], threshold: 3, sigs: [0, 2, 4, 5, 6, 7] },
      { keys: [5, 6, 7, 8, 9], threshold: 3, sigs: [5, 6, 7] },
    ],
  ],
  '1-of-3-threshold-increase-to-2-of-3': [
    [
      { keys: [1, 2, 3], threshold: 1, sigs: [1] },
      { keys: [1, 2, 3], threshold: 2, sigs: [1, 2] },
    ],
  ],
  '2-of-3-threshold-decrease-to-1-of-3': [
    [
      { keys: [1, 2, 3], threshold: 2, sigs: [1, 2] },
      { keys: [1, 2, 3], threshold: 1, sigs: [1, 2] },
      { keys: [1, 2, 3], threshold: 1, sigs: [1] },
    ],
  ],
  '1-of-2-threshold-increase-to-2-of-2': [
    [
      { keys: [1], threshold: 1, sigs: [1] },
      { keys: [1, 2], threshold: 2, sigs: [1, 2] },
    ],
  ],
  '1-of-1-key-rotation-fail-not-signed-with-old-key': [
    [
      { keys: [1], threshold: 1, sigs: [1] },
      { keys: [2], threshold: 1, sigs: [2, 3, 4] },
    ],
    fails,
  ],
  '1-of-1-key-rotation-fail-not-signed-with-new-key': [
    [
      { keys: [1], threshold: 1, sigs: [1] },
      { keys: [2], threshold: 1, sigs: [1, 3, 4] },
    ],
    fails,
  ],
  '3-of-5-one-key-rotate-fails-not-signed-with-3-new-keys': [
    [
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 2, 4] },
      { keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 2, 4] },
    ],
    fails,
  ],
  '3-of-5-one-key-rotate-fails-not-signed-with-3-old-keys': [
    [
      { keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 2, 4] },
      { keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 4, 5] },
    ],
    fails,
  ],
  '1-of-3-threshold-bump-to-2-of-3-fails-new-threshold-not-reached': [
    [
      { keys: [1, 2, 3], threshold: 1, sigs: [1] },
      { keys: [1, 2, 3], threshold: 2, sigs: [2] },
    ],
    fails,
  ],
  '2-of-3-threshold-decr-to-1-of-3-fails-old-threshold-not-eached': [
    [
      { keys: [1, 2, 3], threshold: 2, sigs: [1, 2] },
      { keys: [1, 2, 3], threshold: 1, sigs: [1] },
    ],
    fails,
  ],
}

describe('test_updater_key_rotations: test_root_rotation', () => {
  /** The chain of roots that a case describes, each signed by whom it says. */
  const chainOf = (versions: readonly MdVersion[]): readonly SignedBytes[] => {
    const chain: SignedBytes[] = []
    let organisation: Root['organisation'] = null
    for (const [i, { keys, threshold, sigs }] of versions.entries()) {
      const before = chain.at(-1)
      const root: Root = {
        ...first.root,
        ...withRole(first.root, 'root', roleOf(keys, threshold)),
        organisation,
        version: i + 1,
        previous: before === undefined ? null : hashOf(provider, before.document),
      }
      const document = rootDocument.encode(root)
      chain.push(signedBy('lanyard/root/1', document, ...sigs.map(signer)))
      organisation ??= hashOf(provider, document) as Root['organisation']
    }
    return chain
  }

  test.each(Object.entries(rootRotations))('%s', (_, [versions, isFailing]) => {
    const chain = chainOf(versions)
    const [start] = chain
    if (start === undefined) throw new Error('a case has a first root')
    const organisation = hashOf(provider, start.document) as TrustedState['organisationId']
    const list = signedBy(
      'lanyard/contacts/1',
      headerDocument.encode({ ...first.list.header, organisation }),
      adminSeed,
    )
    const bundle = { ...bundleOf(first), roots: [start], list, freshness: null }
    const initial = trustFirst(provider, organisation, bundle, NOW)
    const result = receive(initial, { ...bundle, roots: chain })
    expect(result.kind).toBe(isFailing ? 'refused' : 'updated')
    // what came before a root that does not stand is kept
    expect(result.trusted.root.version).toBe(isFailing ? versions.length - 1 : versions.length)
    expect(result.trusted.roots.at(-1)?.document).toEqual(chain.at(isFailing ? -2 : -1)?.document)
  })
})

const nonRootRotations: Record<string, readonly [version: MdVersion, fails?: boolean]> = {
  '1-of-1-key-rotation': [{ keys: [2], threshold: 1, sigs: [2] }],
  '1-of-1-key-rotation-unused-signatures': [{ keys: [1], threshold: 1, sigs: [3, 1, 4] }],
  '1-of-1-key-rotation-fail-not-signed-with-new-key': [{ keys: [2], threshold: 1, sigs: [1, 3, 4] }, fails],
  '3-of-5-one-key-signature-wrong-not-signed-with-3-expected-keys': [
    { keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 2, 4] },
    fails,
  ],
  '2-of-5-one-key-signature-mising-threshold-not-reached': [
    { keys: [0, 1, 3, 4, 5], threshold: 3, sigs: [0, 4] },
    fails,
  ],
  '3-of-5-sign-first-combo': [{ keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 2, 4] }],
  '3-of-5-sign-second-combo': [{ keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 4, 1] }],
  '3-of-5-sign-third-combo': [{ keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [0, 1, 3] }],
  '3-of-5-sign-fourth-combo': [{ keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [1, 2, 3] }],
  '3-of-5-sign-fifth-combo': [{ keys: [0, 1, 2, 3, 4], threshold: 3, sigs: [2, 3, 4] }],
}

describe('test_updater_key_rotations: test_non_root_rotations', () => {
  const rotated = (role: RoleName, { keys, threshold }: MdVersion) =>
    rotate(first, withRole(first.root, role, roleOf(keys, threshold)), [rootSeed])
  const expectTaken = (result: ApplyResult, isFailing: boolean | undefined) =>
    expect(result.kind).toBe(isFailing ? 'refused' : 'updated')

  describe.each(Object.entries(nonRootRotations))('%s', (_, [version, isFailing]) => {
    const signers = version.sigs.map(signer)

    test('timestamp', () => {
      const trusted = rotated('freshness', version)
      expectTaken(receive(trusted, withFreshness(trusted, { issued: NOW }, ...signers)), isFailing)
    })

    test('snapshot, targets', () => {
      const trusted = rotated('contacts', version)
      const next = { version: 2, previous: trusted.list.hash, rootVersion: 2 }
      expectTaken(receive(trusted, withHeader(trusted, next, ...signers)), isFailing)
    })

    test('orders, a role that TUF does not have', () => {
      const trusted = rotated('orders', version)
      const document = orderDocument.encode({
        format: 1,
        organisation: trusted.organisationId,
        number: 1,
        action: 'erase-person',
        target: new Uint8Array(16),
        issued: MONDAY,
        expires: MONDAY + DAY,
        reason: '',
        rootVersion: 2,
      })
      const result = receive(trusted, {
        ...bundleOf(trusted),
        orders: [signedBy('lanyard/orders/1', document, ...signers)],
      })
      expect(result.trusted.orders).toHaveLength(isFailing ? 0 : 1)
      expect(result.droppedOrders).toHaveLength(isFailing ? 1 : 0)
    })
  })
})

describe('test_file_download', () => {
  test('test_repository_substitutes_target_file, test_multiple_changes_to_target', () => {
    let trusted = second
    for (let i = 0; i < 10; i++) {
      const edit = { kind: 'put-person', person: { ...detailsOf(bob), title: `Mate ${i}` } } as const
      const next = publish(trusted, [edit], [adminSeed])
      const taken = updated(receive(trusted, next))
      expect(taken.people.get(bob.personId)?.title).toBe(`Mate ${i}`)
      // entries that were changed without a new header are never taken over
      const forged = { ...bundleOf(next), leaves: bundleOf(trusted).leaves }
      expect(receive(taken, forged).trusted).toBe(taken)
      expectRefused(receive(trusted, forged), 'merkle-mismatch')
      trusted = taken
    }
  })
})

test('test_custom_fields differs on purpose: a document with a field that is not in its format is refused', () => {
  const { roots } = withRoot(first, {})
  const fields = decodeCanonical(roots[1]?.document ?? new Uint8Array(), { maxBytes: 10_000 }) as Map<number, never>
  const root = signedBy('lanyard/root/1', encodeCanonical(new Map([...fields, [99, 'value']])), rootSeed)
  expectRefused(receive(first, { ...bundleOf(first), roots: [...first.roots, root] }), 'malformed')
})
