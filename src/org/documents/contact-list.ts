import { type CryptoProvider, equalBytes, toHex } from '../../crypto/index.ts'
import { MAX_GROUPS, MAX_PEOPLE } from '../../shared/limits.ts'
import { counter, type Decoded, documentOf, integer, literal, nullable, record, time } from '../codec.ts'
import { hashCodec, organisationIdCodec } from '../fields.ts'
import { MAX_CLOCK_AHEAD, MAX_HEADER_BYTES, MAX_LEAVES, MAX_TOMBSTONES } from '../limits.ts'
import { decodeLeaf, type Leaf } from './leaf.ts'
import { hashLeaves, type MerkleTree, merkleTree, rootOf } from './merkle.ts'
import { RefusedDocument } from './refusal.ts'
import { hashOf, knownKeys } from './root.ts'
import type { RootChain } from './root-chain.ts'
import { type SignedBytes, signedDocument, verifySigned } from './signed.ts'

const header = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  /** The root in force when the list was signed. */
  rootVersion: [2, counter],
  version: [3, counter],
  /** SHA-256 of the previous version's header; null in version 1. */
  previous: [4, nullable(hashCodec)],
  merkleRoot: [5, hashCodec],
  /** Leaves of all kinds. */
  count: [6, integer(0, MAX_LEAVES)],
  /** SHA-256 of the policy's bytes. */
  policyHash: [7, hashCodec],
  issued: [8, time],
  expires: [9, time],
})

/** What is signed of the contact list; the Merkle root and the policy's hash bind the rest. */
export type ListHeader = Decoded<typeof header>

export const headerDocument = documentOf(header, 'contact list', MAX_HEADER_BYTES)
/** The envelope of one header on its own. */
export const signedHeader = signedDocument(MAX_HEADER_BYTES)

export interface VerifiedHeader {
  readonly signed: SignedBytes
  readonly header: ListHeader
  /** SHA-256 of the header's bytes, in hex: how others name this list. */
  readonly hash: string
}

/** Who signed, for whom, and when: everything but how the list relates to the one known before. */
export const verifyHeader = (
  provider: CryptoProvider,
  { root, organisationId }: RootChain,
  signed: SignedBytes,
  now: number,
): VerifiedHeader => {
  const decoded = headerDocument.decode(signed.document)
  if (decoded.organisation !== organisationId)
    throw new RefusedDocument('wrong-organisation', 'contact list: it belongs to another organisation')
  const signatures = verifySigned(provider, signed, {
    context: 'lanyard/contacts/1',
    roles: [root.roles.contacts],
    knownKeys: knownKeys(root),
    name: `contact list ${decoded.version}`,
  })
  if (decoded.rootVersion > root.version)
    throw new RefusedDocument(
      'root-missing',
      `contact list: signed under root ${decoded.rootVersion}, which is not here`,
    )
  if (decoded.issued > now + MAX_CLOCK_AHEAD)
    throw new RefusedDocument('issued-in-future', `contact list ${decoded.version}: dated in the future`)
  if (decoded.expires <= decoded.issued)
    throw new RefusedDocument('malformed', 'contact list: expires before it is issued')
  return {
    signed: { document: signed.document, signatures },
    header: decoded,
    hash: hashOf(provider, signed.document),
  }
}

/** The leaves are those that the header speaks of. `known` spares decoding what has not changed. */
export const verifyLeaves = (
  provider: CryptoProvider,
  header: ListHeader,
  encoded: readonly Uint8Array[],
  known: readonly Leaf[],
): { readonly leaves: readonly Leaf[]; readonly tree: MerkleTree } => {
  refuseOtherCount(header, encoded.length)
  const tree = merkleTree(provider, hashLeaves(provider, encoded))
  refuseOtherRoot(provider, header, tree)
  const leaves = decodeLeaves(encoded, known)
  refuseOversized(leaves)
  return { leaves, tree }
}

export const refuseOtherCount = ({ count }: ListHeader, entries: number): void => {
  if (entries !== count)
    throw new RefusedDocument('count-mismatch', `contact list: ${entries} entries where ${count} are signed`)
}

export const refuseOtherRoot = (provider: CryptoProvider, { merkleRoot }: ListHeader, tree: MerkleTree): void => {
  if (toHex(rootOf(provider, tree)) !== merkleRoot)
    throw new RefusedDocument('merkle-mismatch', 'contact list: the entries are not those that were signed')
}

/** Both lists are sorted, so one walk finds what is already decoded: a new version changes few of many leaves. */
const decodeLeaves = (encoded: readonly Uint8Array[], known: readonly Leaf[]): readonly Leaf[] => {
  let next = 0
  let previous = ''
  return encoded.map(bytes => {
    const candidate = known[next]
    const leaf = candidate !== undefined && equalBytes(candidate.bytes, bytes) ? candidate : decodeLeaf(bytes)
    if (leaf.key <= previous)
      throw new RefusedDocument('list-inconsistent', 'contact list: entries out of order or twice')
    previous = leaf.key
    while ((known[next]?.key ?? '~') <= leaf.key) next += 1
    return leaf
  })
}

/** The same bounds that single documents have, for the list as a whole. */
export const refuseOversized = (leaves: readonly Leaf[]): void => {
  const counts = { person: 0, group: 0, tombstone: 0 }
  for (const { kind } of leaves) counts[kind] += 1
  if (counts.person > MAX_PEOPLE || counts.group > MAX_GROUPS || counts.tombstone > MAX_TOMBSTONES)
    throw new RefusedDocument('too-large', 'contact list: more entries of one kind than a list may hold')
}
