import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  decodeTrusted,
  encodeTrusted,
  type Leaf,
  leafDifferences,
  type TrustedState,
  withLeaves,
  withoutLeaves,
} from '../../../org/index.ts'
import { readDocument, writeDocument } from '../../storage/documents.ts'
import type { Reader, Statements } from '../../storage/statements.ts'

const writeLeaf = (tx: Statements, { key, bytes }: Leaf) => {
  tx.run('INSERT OR REPLACE INTO list_leaves (key, bytes) VALUES (?, ?)', key, bytes)
}

/**
 * Writes what this device trusts; of the list only what differs from `before`, the state that stands there. With 10,000
 * people the whole is 2 MB, and a change of five 2 KB.
 */
export const writeTrusted = (tx: Statements, before: Pick<TrustedState, 'leaves'>, trusted: TrustedState): void => {
  writeDocument(tx, 'trusted', encodeTrusted(withoutLeaves(trusted)))
  if (before.leaves === trusted.leaves) return
  for (const difference of leafDifferences(before.leaves, trusted.leaves)) {
    if (difference.after !== null) writeLeaf(tx, difference.after)
    else if (difference.before !== null) tx.run('DELETE FROM list_leaves WHERE key = ?', difference.before.key)
  }
}

/** Undefined where nothing was written yet. */
export const readTrusted = (reader: Reader, provider: CryptoProvider): TrustedState | undefined => {
  const kept = readDocument(reader, 'trusted')
  if (kept === undefined) return undefined
  const leaves = reader.all<{ bytes: Uint8Array }>('SELECT bytes FROM list_leaves ORDER BY key')
  return withLeaves(
    decodeTrusted(provider, kept),
    leaves.map(({ bytes }) => new Uint8Array(bytes)),
  )
}
