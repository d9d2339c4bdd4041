import type { CryptoProvider } from '../../crypto/index.ts'

/**
 * Merkle tree hash of RFC 9162 section 2.1.1: `leaf = SHA-256(0x00 | bytes)`, `node = SHA-256(0x01 | left | right)`.
 * The two prefixes keep a leaf from passing for a node. Pairing level by level and carrying an odd last hash up
 * unchanged gives the same tree as the RFC's split at the largest power of two.
 */

const HASH_BYTES = 32

/** Each level from the leaves' hashes up to the root, 32 bytes a hash in one buffer. Of no leaves one empty level. */
export type MerkleTree = readonly Uint8Array[]

/** Hashes of all leaves, one after the other in one buffer of 32 bytes each. */
export const hashLeaves = (provider: CryptoProvider, leaves: readonly Uint8Array[]): Uint8Array => {
  const hashes = new Uint8Array(leaves.length * HASH_BYTES)
  const longest = leaves.reduce((longest, { length }) => Math.max(longest, length), 0)
  // one scratch buffer, whose first byte stays the leaf prefix 0x00
  const scratch = new Uint8Array(1 + longest)
  for (const [i, leaf] of leaves.entries()) {
    scratch.set(leaf, 1)
    hashes.set(provider.sha256(scratch.subarray(0, 1 + leaf.length)), i * HASH_BYTES)
  }
  return hashes
}

/**
 * The tree over leaf hashes as `hashLeaves` returns them. Where `known` has the same two hashes at the same place their
 * node is taken from there: a new version changes few of many leaves.
 */
export const merkleTree = (
  provider: CryptoProvider,
  leafHashes: Uint8Array,
  known: MerkleTree | null = null,
): MerkleTree => {
  const levels = [leafHashes]
  const node = new Uint8Array(1 + 2 * HASH_BYTES)
  node[0] = 0x01
  for (let below = leafHashes; below.length > HASH_BYTES; ) {
    const depth = levels.length
    const level = new Uint8Array(Math.ceil(below.length / (2 * HASH_BYTES)) * HASH_BYTES)
    const knownBelow = known?.[depth - 1]
    const knownLevel = known?.[depth]
    for (let at = 0; at < level.length; at += HASH_BYTES) {
      const [from, to] = [2 * at, 2 * (at + HASH_BYTES)]
      if (to > below.length) level.set(below.subarray(from), at)
      else if (knownBelow !== undefined && knownLevel !== undefined && isSame(below, knownBelow, from, to))
        level.set(knownLevel.subarray(at, at + HASH_BYTES), at)
      else {
        node.set(below.subarray(from, to), 1)
        level.set(provider.sha256(node), at)
      }
    }
    levels.push(level)
    below = level
  }
  return levels
}

const isSame = (a: Uint8Array, b: Uint8Array, from: number, to: number): boolean => {
  if (to > a.length || to > b.length) return false
  for (let i = from; i < to; i++) if (a[i] !== b[i]) return false
  return true
}

/** 32 bytes; of no leaves at all SHA-256 of nothing. */
export const rootOf = (provider: CryptoProvider, tree: MerkleTree): Uint8Array => {
  const top = tree.at(-1)
  return top === undefined || top.length === 0 ? provider.sha256(new Uint8Array(0)) : top
}

/** The root over leaf hashes as `hashLeaves` returns them. 32 bytes. */
export const merkleRoot = (provider: CryptoProvider, leafHashes: Uint8Array): Uint8Array =>
  rootOf(provider, merkleTree(provider, leafHashes))
