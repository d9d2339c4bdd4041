import type { VerifiedHeader } from '../documents/contact-list.ts'
import type { Directory } from '../documents/directory.ts'
import type { ForkEvidence } from '../documents/fork.ts'
import type { VerifiedFreshness } from '../documents/freshness.ts'
import type { Leaf } from '../documents/leaf.ts'
import type { MerkleTree } from '../documents/merkle.ts'
import type { VerifiedOrder } from '../documents/orders.ts'
import type { Policy } from '../documents/policy.ts'
import type { RootChain } from '../documents/root-chain.ts'

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
