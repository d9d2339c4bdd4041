import type { CryptoProvider } from '../../crypto/index.ts'
import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'
import { arrayOf, blob, counter, type Decoded, documentOf, literal, nullable, record, sortedBy } from '../codec.ts'
import { directoryAfter } from '../documents/directory.ts'
import { type LeafKey, leafKey } from '../documents/leaf.ts'
import { asRefusal, type RefusalReason, RefusedDocument } from '../documents/refusal.ts'
import { signedBytes } from '../documents/signed.ts'
import { hashCodec } from '../fields.ts'
import {
  MAX_HEADER_BYTES,
  MAX_LEAF_BYTES,
  MAX_LEAVES,
  MAX_ORDERS,
  MAX_POLICY_BYTES,
  MAX_ROOT_BYTES,
  MAX_ROOTS,
  MAX_STATEMENT_BYTES,
} from '../limits.ts'
import { type ApplyResult, applyNews, refusal } from '../trust/apply.ts'
import { readPolicy } from '../trust/newer-list.ts'
import { patchVerified, readPatch } from '../trust/patch-leaves.ts'
import type { TrustedList, TrustedState } from '../trust/trusted.ts'

const delta = record({
  format: [0, literal(1)],
  /** Hash of the list's header that the changes are made for. */
  base: [1, hashCodec],
  /** From version `firstRoot` on: those that came after the root known there. */
  roots: [2, arrayOf(signedBytes(MAX_ROOT_BYTES), MAX_ROOTS)],
  /** The header of the contact list; null for no word of the list, where the other device has a newer one. */
  list: [3, nullable(signedBytes(MAX_HEADER_BYTES))],
  /** Leaves that differ from those of the base, in ascending order of their keys. */
  changed: [4, arrayOf(blob(MAX_LEAF_BYTES), MAX_LEAVES)],
  /** Keys of leaves that are there no more. */
  removed: [5, sortedBy(leafKey, MAX_LEAVES, key => key)],
  /** Null: as it was. */
  policy: [6, nullable(blob(MAX_POLICY_BYTES))],
  freshness: [7, nullable(signedBytes(MAX_STATEMENT_BYTES))],
  orders: [8, arrayOf(signedBytes(MAX_STATEMENT_BYTES), MAX_ORDERS)],
  firstRoot: [9, counter],
})

/**
 * What has changed since a list that the other device has. Nobody signs it: the header's Merkle root decides whether it
 * adds up.
 */
export type Delta = Decoded<typeof delta>

export const deltaDocument = documentOf(delta, 'delta', MAX_BUNDLE_BYTES)

/** What is known of the list that a delta is made for. */
export interface DeltaBase {
  readonly listHash: string
  readonly rootVersion: number
}

/** Where a list may differ from an older one. Too much does no harm, too little makes a delta that does not add up. */
export interface TouchedSince {
  readonly keys: ReadonlySet<LeafKey>
  readonly isPolicyTouched: boolean
}

export const deltaOf = (trusted: TrustedState, base: DeltaBase, { keys, isPolicyTouched }: TouchedSince): Delta => {
  const changed = trusted.leaves.filter(({ key }) => keys.has(key))
  const present = new Set(changed.map(({ key }) => key))
  // what the other device says of itself is only a claim
  const knownRoots = Math.min(base.rootVersion, trusted.roots.length)
  return {
    format: 1,
    base: base.listHash,
    firstRoot: knownRoots + 1,
    roots: trusted.roots.slice(knownRoots),
    list: trusted.list.signed,
    changed: changed.map(({ bytes }) => bytes),
    removed: [...keys].filter(key => !present.has(key)),
    policy: isPolicyTouched ? trusted.policy.bytes : null,
    freshness: trusted.freshness?.signed ?? null,
    orders: trusted.orders.map(({ signed }) => signed),
  }
}

/** For a device whose list is `base`; with nothing touched, the news of roots, orders and freshness alone. */
export const encodeDelta = (trusted: TrustedState, base: DeltaBase, touched: TouchedSince): Uint8Array =>
  deltaDocument.encode(deltaOf(trusted, base, touched))

/** Roots, orders and freshness for a device that has a list newer than the own one. */
export const encodeDeltaWithoutList = (trusted: TrustedState, base: DeltaBase): Uint8Array =>
  deltaDocument.encode({ ...deltaOf(trusted, base, { keys: new Set(), isPolicyTouched: false }), list: null })

/** Takes a delta over by the same steps as a bundle. When `needsWholeBundle`, ask for the bundle. */
export const applyDelta = (
  provider: CryptoProvider,
  trusted: TrustedState,
  deltaBytes: Uint8Array,
  now: number,
): ApplyResult => {
  try {
    const read = deltaDocument.decode(deltaBytes)
    return applyNews(
      provider,
      trusted,
      {
        ...read,
        list: {
          signed: read.list ?? trusted.list.signed,
          read: (list, known) => readPatchedList(provider, list, read, known),
        },
      },
      now,
    )
  } catch (error) {
    return refusal(trusted, trusted, asRefusal(error))
  }
}

const readPatchedList = (
  provider: CryptoProvider,
  list: TrustedList['list'],
  { base, changed, removed, policy }: Delta,
  known: TrustedList,
): TrustedList => {
  if (base !== known.list.hash)
    throw new RefusedDocument(
      'delta-base',
      `delta: not made for the contact list ${known.list.header.version} known here`,
    )
  const bound = readPolicy(provider, list.header, policy ?? known.policy.bytes)
  const patch = readPatch(changed, removed)
  const { leaves, tree, gone, placed } = patchVerified(provider, known, patch, list.header)
  return { list, leaves, tree, policy: bound, ...directoryAfter(known, { gone, placed, leaves }) }
}

/** Faults that a delta can have although everybody is honest, because two devices took the list differently. */
const deltaFaults: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'delta-base',
  'delta-mismatch',
  'root-gap',
  'root-missing',
  'policy-mismatch',
  'count-mismatch',
  'merkle-mismatch',
])

/** Whether a delta failed in a way that the whole bundle of the same device may not. */
export const needsWholeBundle = (result: ApplyResult): boolean =>
  result.kind === 'refused' && deltaFaults.has(result.reason)
