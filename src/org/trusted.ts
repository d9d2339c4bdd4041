import type { VerifiedHeader } from './contact-list.ts'
import type { Directory } from './directory.ts'
import type { ForkEvidence } from './fork.ts'
import type { VerifiedFreshness } from './freshness.ts'
import type { Leaf } from './leaf.ts'
import type { VerifiedOrder } from './orders.ts'
import type { Policy } from './policy.ts'
import type { RootChain } from './root-chain.ts'

/** The contact list in force: header, leaves, what they say, and the policy bound to it. */
export interface TrustedList extends Directory {
  readonly list: VerifiedHeader
  /** In ascending order of their keys. */
  readonly leaves: readonly Leaf[]
  readonly policy: { readonly bytes: Uint8Array; readonly value: Policy }
}

/**
 * All that a device believes of its organisation, and the highest versions it has seen. Never changed in place.
 * Whoever holds one has verified every signature in it.
 */
export interface TrustedState extends RootChain, TrustedList {
  readonly freshness: VerifiedFreshness | null
  /** By ascending number; those that ran out are dropped. */
  readonly orders: readonly VerifiedOrder[]
  readonly forks: readonly ForkEvidence[]
}
