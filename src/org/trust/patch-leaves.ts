import { type CryptoProvider, equalBytes } from '../../crypto/index.ts'
import { compareText } from '../codec.ts'
import { type ListHeader, refuseOtherCount, refuseOtherRoot, refuseOversized } from '../documents/contact-list.ts'
import { decodeLeaf, type Leaf, type LeafKey } from '../documents/leaf.ts'
import { hashLeaves, type MerkleTree, merkleTree } from '../documents/merkle.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import type { ListVersion } from './trusted.ts'

const HASH_BYTES = 32

/** What to do to the leaves of one version to get those of another: a delta forwards, a step of the history backwards. */
export interface LeafPatch {
  /** As they are in the other version, in ascending order of their keys. */
  readonly put: readonly Leaf[]
  /** Not there in the other version, ascending; nothing in both. */
  readonly absent: readonly LeafKey[]
}

export interface PatchedLeaves {
  readonly leaves: readonly Leaf[]
  readonly tree: MerkleTree
  /** What is changed or absent, as it was. */
  readonly gone: readonly Leaf[]
  /** What is changed or added, as it is. */
  readonly placed: readonly Leaf[]
}

/** Reads the leaves of a patch from outside. Throws RefusedDocument `delta-mismatch` when it contradicts itself. */
export const readPatch = (encoded: readonly Uint8Array[], absent: readonly LeafKey[]): LeafPatch => {
  const put = encoded.map(decodeLeaf)
  for (const [i, { key }] of put.entries())
    if (key <= (put[i - 1]?.key ?? ''))
      throw new RefusedDocument('delta-mismatch', 'delta: changed entries out of order or twice')
  const gone = new Set(absent)
  if (put.some(({ key }) => gone.has(key)))
    throw new RefusedDocument('delta-mismatch', 'delta: an entry is both changed and removed')
  return { put, absent }
}

/**
 * The leaves of another version out of those of a known one. Leaves that stay are the same objects, with the hashes
 * they had. A key that is already absent is no fault: it may have come and gone since.
 */
export const patchLeaves = (
  provider: CryptoProvider,
  { leaves, tree }: Pick<ListVersion, 'leaves' | 'tree'>,
  { put, absent }: LeafPatch,
): PatchedLeaves => {
  const known = tree ?? merkleTree(provider, hashesOf(provider, leaves))
  const knownHashes = known[0] ?? new Uint8Array(0)
  const putHashes = hashesOf(provider, put)
  const patched: Leaf[] = []
  const gone: Leaf[] = []
  const placed: Leaf[] = []
  const hashes = new Uint8Array((leaves.length + put.length) * HASH_BYTES)
  let copied = 0
  const keepUntil = (place: number) => {
    hashes.set(knownHashes.subarray(copied * HASH_BYTES, place * HASH_BYTES), patched.length * HASH_BYTES)
    for (; copied < place; copied++) patched.push(leaves[copied] as Leaf)
  }
  const touched = [
    ...put.map((leaf, i) => ({ key: leaf.key, leaf, i })),
    ...absent.map(key => ({ key, leaf: null, i: 0 })),
  ]
  for (const { key, leaf, i } of touched.sort((a, b) => compareText(a.key, b.key))) {
    const place = placeOf(leaves, key, copied)
    keepUntil(place)
    const before = leaves[place]
    if (before?.key === key) {
      if (leaf !== null && equalBytes(leaf.bytes, before.bytes)) continue
      gone.push(before)
      copied = place + 1
    }
    if (leaf === null) continue
    hashes.set(putHashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES), patched.length * HASH_BYTES)
    patched.push(leaf)
    placed.push(leaf)
  }
  keepUntil(leaves.length)
  return {
    leaves: patched,
    tree: merkleTree(provider, hashes.slice(0, patched.length * HASH_BYTES), known),
    gone,
    placed,
  }
}

/** The same, and the result is what the header speaks of. Throws RefusedDocument. */
export const patchVerified = (
  provider: CryptoProvider,
  known: Pick<ListVersion, 'leaves' | 'tree'>,
  patch: LeafPatch,
  header: ListHeader,
): PatchedLeaves => {
  const patched = patchLeaves(provider, known, patch)
  refuseOtherCount(header, patched.leaves.length)
  refuseOtherRoot(provider, header, patched.tree)
  refuseOversized(patched.leaves)
  return patched
}

const hashesOf = (provider: CryptoProvider, leaves: readonly Leaf[]) =>
  hashLeaves(
    provider,
    leaves.map(({ bytes }) => bytes),
  )

/** Where a key is, or would be, among sorted leaves from a place on. */
const placeOf = (leaves: readonly Leaf[], key: LeafKey, from: number): number => {
  let [low, high] = [from, leaves.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((leaves[middle] as Leaf).key < key) low = middle + 1
    else high = middle
  }
  return low
}
