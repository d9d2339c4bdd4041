import { type CryptoProvider, toHex } from '../../crypto/index.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import type { ForkEvidence } from '../documents/fork.ts'
import { type DroppedOrder, mergeOrders } from '../documents/orders.ts'
import { asRefusal, type RefusalReason, RefusedDocument } from '../documents/refusal.ts'
import { extendChain, pinRoot, type RootChain, refuseExpiredRoot, walkRoots } from '../documents/root-chain.ts'
import { isVouchedFor, type SignedBytes } from '../documents/signed.ts'
import { type Bundle, bundleDocument } from './bundle.ts'
import { type Changes, changesBetween } from './changes.ts'
import { withEvidence } from './known-forks.ts'
import { newerFreshness } from './newer-freshness.ts'
import { newerList, type OfferedList, readList, readWholeList } from './newer-list.ts'
import type { TrustedState } from './trusted.ts'

export type ApplyResult = {
  /** What to keep from now on, in every case: even a refusal may add a root that was right, or evidence. */
  readonly trusted: TrustedState
  /** Orders that were not taken over, each with its fault: to be named in the log, no reason to refuse the rest. */
  readonly droppedOrders: readonly DroppedOrder[]
} & (
  | { readonly kind: 'updated'; readonly changes: Changes }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'refused'
      readonly code: ErrorCode
      readonly reason: RefusalReason
      readonly message: string
      readonly evidence: ForkEvidence | null
      /** What the steps before the fault have changed; null for nothing but perhaps evidence. */
      readonly changes: Changes | null
    }
)

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
  const list = readList(provider, chain, bundle, now)
  const { orders } = mergeOrders(provider, chain, [], bundle.orders, now)
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

export const apply = (provider: CryptoProvider, trusted: TrustedState, bundle: Bundle, now: number): ApplyResult =>
  applyNews(
    provider,
    trusted,
    {
      ...bundle,
      firstRoot: 1,
      list: { signed: bundle.list, read: (list, { leaves }) => readWholeList(provider, list, bundle, leaves) },
    },
    now,
  )

/** What somebody brings, whether a bundle or a delta. */
export interface News extends Pick<Bundle, 'roots' | 'orders' | 'freshness'> {
  /** Version of the first of the roots. */
  readonly firstRoot: number
  readonly list: OfferedList
}

/** What this device has made itself, or seen complete: the rest is as it is here. */
export const applyOwn = (
  provider: CryptoProvider,
  trusted: TrustedState,
  made: Partial<Pick<News, 'list' | 'freshness' | 'roots'>>,
  now: number,
): ApplyResult => {
  const held: OfferedList = { signed: trusted.list.signed, read: (_, list) => list }
  const nothing: News = { roots: [], orders: [], freshness: null, firstRoot: trusted.root.version + 1, list: held }
  return applyNews(provider, trusted, { ...nothing, ...made }, now)
}

export const applyNews = (provider: CryptoProvider, trusted: TrustedState, offered: News, now: number): ApplyResult => {
  const { chain, fault } = walkRoots(provider, trusted, offered.roots, now, offered.firstRoot)
  let state = chain === trusted ? trusted : underNewRoot(trusted, chain)
  if (fault !== null) return refusal(trusted, state, fault)
  const news = withoutKnown(trusted, offered)
  let droppedOrders: readonly DroppedOrder[] = []
  const steps: readonly (() => TrustedState)[] = [
    () => {
      refuseExpiredRoot(state, now)
      return state
    },
    () => {
      const { orders, dropped } = mergeOrders(provider, state, state.orders, news.orders, now)
      droppedOrders = dropped
      return orders === state.orders ? state : { ...state, orders }
    },
    () => newerList(provider, state, offered.list, now),
    () => newerFreshness(provider, state, news.freshness, now),
  ]
  for (const step of steps) {
    try {
      state = step()
    } catch (error) {
      return refusal(trusted, state, asRefusal(error), droppedOrders)
    }
  }
  return state === trusted
    ? { kind: 'unchanged', trusted, droppedOrders }
    : { kind: 'updated', trusted: state, changes: changesBetween(trusted, state), droppedOrders }
}

export const refusal = (
  before: TrustedState,
  kept: TrustedState,
  { code, reason, message, evidence }: RefusedDocument,
  droppedOrders: readonly DroppedOrder[] = [],
): ApplyResult => ({
  kind: 'refused',
  code,
  reason,
  message,
  evidence,
  trusted: evidence === null ? kept : { ...kept, forks: withEvidence(kept.forks, evidence) },
  changes: kept === before ? null : changesBetween(before, kept),
  droppedOrders,
})

/** What is known here was verified when it came; it is no offence to say it again, also under a root that disowns it. */
const withoutKnown = (trusted: TrustedState, { orders, freshness }: News): Pick<News, 'orders' | 'freshness'> => {
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
