import type { CryptoProvider } from '../../crypto/index.ts'
import { directoryOf } from '../documents/directory.ts'
import { decodeLeaf } from '../documents/leaf.ts'
import { hashLeaves, merkleTree } from '../documents/merkle.ts'
import { asRefusal } from '../documents/refusal.ts'
import type { TrustedState } from './trusted.ts'

/** All but the leaves, which a store may keep one by one so that a change of a few people writes no more than these. */
export const withoutLeaves = (trusted: TrustedState): TrustedState => ({ ...trusted, leaves: [], tree: null })

/** Puts the leaves back, in ascending order of their keys and verified before they were stored. Throws RefusedDocument. */
export const withLeaves = (trusted: TrustedState, encoded: readonly Uint8Array[]): TrustedState => {
  try {
    const leaves = encoded.map(decodeLeaf)
    return { ...trusted, leaves, tree: null, ...directoryOf(leaves) }
  } catch (error) {
    throw asRefusal(error)
  }
}

/** With the tree over the leaves, which the next change needs: some 60 ms for 10,000 people. */
export const withTree = (provider: CryptoProvider, trusted: TrustedState): TrustedState => {
  if (trusted.tree !== null) return trusted
  const hashes = hashLeaves(
    provider,
    trusted.leaves.map(({ bytes }) => bytes),
  )
  return { ...trusted, tree: merkleTree(provider, hashes) }
}
