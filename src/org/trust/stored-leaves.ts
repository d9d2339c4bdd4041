import { directoryOf } from '../documents/directory.ts'
import { decodeLeaf } from '../documents/leaf.ts'
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
