import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'
import { arrayOf, blob, type Decoded, documentOf, literal, nullable, record } from '../codec.ts'
import { signedBytes } from '../documents/signed.ts'
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
import type { TrustedState } from './trusted.ts'

const bundle = record({
  format: [0, literal(1)],
  /** From version 1 on. */
  roots: [1, arrayOf(signedBytes(MAX_ROOT_BYTES), MAX_ROOTS)],
  /** The header of the contact list. */
  list: [2, signedBytes(MAX_HEADER_BYTES)],
  /** The list's leaves in order, each the exact bytes that the Merkle tree is over. */
  leaves: [3, arrayOf(blob(MAX_LEAF_BYTES), MAX_LEAVES)],
  policy: [4, blob(MAX_POLICY_BYTES)],
  freshness: [5, nullable(signedBytes(MAX_STATEMENT_BYTES))],
  orders: [6, arrayOf(signedBytes(MAX_STATEMENT_BYTES), MAX_ORDERS)],
})

/** Everything that the organisation says, from one device to another or in a `.lanyard` file. */
export type Bundle = Decoded<typeof bundle>

export const bundleDocument = documentOf(bundle, 'bundle', MAX_BUNDLE_BYTES)

export const bundleOf = ({ roots, list, leaves, policy, freshness, orders }: TrustedState): Bundle => ({
  format: 1,
  roots,
  list: list.signed,
  leaves: leaves.map(({ bytes }) => bytes),
  policy: policy.bytes,
  freshness: freshness?.signed ?? null,
  orders: orders.map(({ signed }) => signed),
})

/** What `applyBundle` and `trustFirstBundle` of another device take. */
export const encodeBundle = (trusted: TrustedState): Uint8Array => bundleDocument.encode(bundleOf(trusted))
