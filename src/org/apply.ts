import { type CryptoProvider, toHex } from '../crypto/index.ts'
import type { ErrorCode } from '../shared/errors.ts'
import type { OrganisationId } from '../shared/ids.ts'
import { type Bundle, bundleDocument } from './bundle.ts'
import { type Changes, changesBetween } from './changes.ts'
import { type ForkEvidence, withEvidence } from './fork.ts'
import { newerFreshness } from './newer-freshness.ts'
import { newerList, readList } from './newer-list.ts'
import { isOrderInForce, type VerifiedOrder, verifyOrder } from './orders.ts'
import { asRefusal, type RefusalReason, RefusedDocument } from './refusal.ts'
import { extendChain, pinRoot, type RootChain, refuseExpiredRoot, walkRoots } from './root-chain.ts'
import { isVouchedFor, type SignedBytes } from './signed.ts'
import type { TrustedState } from './trusted.ts'

/** `trusted` is what to keep from now on, in every case: even a refusal may add a root that was right, or evidence. */
export type ApplyResult =
  | { readonly kind: 'updated'; readonly trusted: TrustedState; readonly changes: Changes }
  | { readonly kind: 'unchanged'; readonly trusted: TrustedState }
  | {
      readonly kind: 'refused'
      readonly code: ErrorCode
      readonly reason: RefusalReason
      readonly message: string
      readonly evidence: ForkEvidence | null
      readonly trusted: TrustedState
      /** What the steps before the fault have changed; null for nothing but perhaps evidence. */
      readonly changes: Changes | null
    }

/**
 * The first bundle of a device that knows nothing but the hash of the organisation's first root, from its invitation.
 * Throws RefusedDocument.
 */
export const trustFirstBundle = (
  provider: CryptoProvider,
  organisationId: OrganisationId,
  bundleBytes: Uint8Array,
  now: number,
): TrustedState => {
  try {
    return trustFirst(provider, organisationId, bundleDocument.decode(bundleBytes), now)
  } catch (error) {
    throw asRefusal(error)
  }
}

export const trustFirst = (
  provider: CryptoProvider,
  organisationId: OrganisationId,
  bundle: Bundle,
  now: number,
): TrustedState => {
  const [first, ...later] = bundle.roots
  if (first === undefined) throw new RefusedDocument('malformed', 'bundle: it holds no root')
  let chain = pinRoot(provider, organisationId, first, now)
  for (const root of later) chain = extendChain(provider, chain, root, now)
  refuseExpiredRoot(chain, now)
  const list = readList(provider, chain, bundle, [], now)
  const orders = mergeOrders(provider, chain, [], bundle.orders, now)
  const trusted: TrustedState = { ...chain, ...list, orders, freshness: null, forks: [] }
  return newerFreshness(provider, trusted, bundle.freshness, now)
}

/**
 * Takes over what is newer and verified. The order is that of docs/PROTOCOL.md section 3: roots, orders, list,
 * freshness (TUF 5.3 to 5.6); each step keeps what the steps before it have established.
 */
export const applyBundle = (
  provider: CryptoProvider,
  trusted: TrustedState,
  bundleBytes: Uint8Array,
  now: number,
): ApplyResult => {
  try {
    return apply(provider, trusted, bundleDocument.decode(bundleBytes), now)
  } catch (error) {
    return refusal(trusted, trusted, asRefusal(error))
  }
}

export const apply = (provider: CryptoProvider, trusted: TrustedState, bundle: Bundle, now: number): ApplyResult => {
  let state = trusted
  const news = withoutKnown(trusted, bundle)
  const steps: readonly (() => TrustedState)[] = [
    () => {
      const chain = walkRoots(provider, state, bundle.roots, now)
      return chain === state ? state : underNewRoot(state, chain)
    },
    () => {
      refuseExpiredRoot(state, now)
      return state
    },
    () => {
      const orders = mergeOrders(provider, state, state.orders, news.orders, now)
      return orders === state.orders ? state : { ...state, orders }
    },
    () => newerList(provider, state, bundle, now),
    () => newerFreshness(provider, state, news.freshness, now),
  ]
  for (const step of steps) {
    try {
      state = step()
    } catch (error) {
      return refusal(trusted, state, asRefusal(error))
    }
  }
  return state === trusted
    ? { kind: 'unchanged', trusted }
    : { kind: 'updated', trusted: state, changes: changesBetween(trusted, state) }
}

const refusal = (
  before: TrustedState,
  kept: TrustedState,
  { code, reason, message, evidence }: RefusedDocument,
): ApplyResult => ({
  kind: 'refused',
  code,
  reason,
  message,
  evidence,
  trusted: evidence === null ? kept : { ...kept, forks: withEvidence(kept.forks, evidence) },
  changes: kept === before ? null : changesBetween(before, kept),
})

/** What is known here was verified when it came; it is no offence to say it again, also under a root that disowns it. */
const withoutKnown = (trusted: TrustedState, { orders, freshness }: Bundle): Pick<Bundle, 'orders' | 'freshness'> => {
  const held = [...trusted.orders, ...(trusted.freshness === null ? [] : [trusted.freshness])]
  const known = new Set(held.map(({ signed }) => toHex(signed.document)))
  const isNew = ({ document }: SignedBytes) => !known.has(toHex(document))
  return { orders: orders.filter(isNew), freshness: freshness !== null && isNew(freshness) ? freshness : null }
}

/**
 * Forgets what the new root's keys do not vouch for, as no other device would take it over any more. Whoever stole the
 * old keys may have counted a statement up to the end; it must not stand in the way of the next one (TUF 1.0 section
 * 5.3.11, fast-forward recovery). For the list, which nobody can be without, see `newerList`.
 */
const underNewRoot = (state: TrustedState, chain: RootChain): TrustedState => {
  const { orders, freshness } = chain.root.roles
  return {
    ...state,
    ...chain,
    orders: state.orders.filter(({ signed }) => isVouchedFor(signed, orders)),
    freshness: state.freshness !== null && isVouchedFor(state.freshness.signed, freshness) ? state.freshness : null,
  }
}

/** Adds orders that are not known; the same array when there are none. */
const mergeOrders = (
  provider: CryptoProvider,
  chain: RootChain,
  known: readonly VerifiedOrder[],
  foreign: readonly SignedBytes[],
  now: number,
): readonly VerifiedOrder[] => {
  const numbers = new Set(known.map(({ value }) => value.number))
  const added = foreign
    .map(signed => verifyOrder(provider, chain, signed, now))
    .filter(({ value }) => !numbers.has(value.number) && isOrderInForce(value, now))
  if (added.length === 0) return known
  return [...known.filter(({ value }) => isOrderInForce(value, now)), ...added].sort(
    (a, b) => a.value.number - b.value.number,
  )
}
