import type { VerifiedHeader } from './contact-list.ts'
import type { Directory } from './directory.ts'
import type { ForkEvidence } from './fork.ts'
import type { VerifiedFreshness } from './freshness.ts'
import type { Leaf } from './leaf.ts'
import type { MerkleTree } from './merkle.ts'
import type { VerifiedOrder } from './orders.ts'
import type { Policy } from './policy.ts'
import type { RootChain } from './root-chain.ts'

/** One version of the contact list: header, leaves, and the policy bound to it. */
export interface ListVersion {
  readonly list: VerifiedHeader
  /** In ascending order of their keys. */
  readonly leaves: readonly Leaf[]
  /** Over the leaves, for the next version to take over; null where nobody has needed it since it was read back. */
  readonly tree: MerkleTree | null
  readonly policy: { readonly bytes: Uint8Array; readonly value: Policy }
}

/** The contact list in force, and what it says. */
export interface TrustedList extends ListVersion, Directory {}

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
