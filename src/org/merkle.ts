import type { CryptoProvider } from '../crypto/index.ts'

/**
 * Merkle tree hash of RFC 9162 section 2.1.1: `leaf = SHA-256(0x00 | bytes)`, `node = SHA-256(0x01 | left | right)`.
 * The two prefixes keep a leaf from passing for a node. Pairing level by level and carrying an odd last hash up
 * unchanged gives the same tree as the RFC's split at the largest power of two.
 */

const HASH_BYTES = 32

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

/** The root over leaf hashes as `hashLeaves` returns them; of no leaves at all SHA-256 of nothing. 32 bytes. */
export const merkleRoot = (provider: CryptoProvider, leafHashes: Uint8Array): Uint8Array => {
  let count = leafHashes.length / HASH_BYTES
  if (count === 0) return provider.sha256(new Uint8Array(0))
  const level = leafHashes.slice()
  const node = new Uint8Array(1 + 2 * HASH_BYTES)
  node[0] = 0x01
  while (count > 1) {
    const pairs = count >> 1
    for (let i = 0; i < pairs; i++) {
      node.set(level.subarray(2 * i * HASH_BYTES, (2 * i + 2) * HASH_BYTES), 1)
      level.set(provider.sha256(node), i * HASH_BYTES)
    }
    if (count % 2 === 1) level.copyWithin(pairs * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES)
    count = pairs + (count % 2)
  }
  return level.slice(0, HASH_BYTES)
}
