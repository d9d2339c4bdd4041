import { equalBytes } from '../../crypto/index.ts'
import type { Leaf } from '../documents/leaf.ts'

/** One key under which two lists differ: null where it is not there. */
export interface LeafDifference {
  readonly before: Leaf | null
  readonly after: Leaf | null
}

/** In ascending order of the keys. Leaves that both lists share are told by a look at the object, or else at the bytes. */
export const leafDifferences = (before: readonly Leaf[], after: readonly Leaf[]): readonly LeafDifference[] => {
  const differences: LeafDifference[] = []
  let [b, a] = [0, 0]
  for (;;) {
    const old = before[b]
    const now = after[a]
    if (old === undefined && now === undefined) return differences
    if (now === undefined || (old !== undefined && old.key < now.key)) {
      differences.push({ before: old ?? null, after: null })
      b += 1
    } else if (old === undefined || now.key < old.key) {
      differences.push({ before: null, after: now })
      a += 1
    } else {
      if (old !== now && !equalBytes(old.bytes, now.bytes)) differences.push({ before: old, after: now })
      b += 1
      a += 1
    }
  }
}
