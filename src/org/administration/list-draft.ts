import { type CryptoProvider, toHex } from '../../crypto/index.ts'
import { headerDocument, type ListHeader } from '../documents/contact-list.ts'
import type { Directory } from '../documents/directory.ts'
import type { Leaf } from '../documents/leaf.ts'
import { type MerkleTree, rootOf } from '../documents/merkle.ts'
import { hashOf } from '../documents/root.ts'
import type { SignedBytes } from '../documents/signed.ts'
import { LIST_LIFETIME } from '../limits.ts'
import { nextListVersion } from '../trust/list-recovery.ts'
import type { TrustedState } from '../trust/trusted.ts'

/** The next contact list, before enough administrators have signed it. */
export interface ListDraft extends ListContent {
  readonly header: SignedBytes
}

/** What the header speaks of; read once, whoever made it, so that neither checking nor publishing begins anew. */
export interface ListContent {
  readonly leaves: readonly Leaf[]
  readonly tree: MerkleTree
  readonly directory: Directory
  readonly policy: Uint8Array
}

/** Where a list stands: whose it is, under which root, after which other list. */
export type ListPlace = Pick<ListHeader, 'organisation' | 'rootVersion' | 'version' | 'previous'>

/** Of the list that comes after the one in force. */
export const placeAfter = (trusted: TrustedState): ListPlace => ({
  organisation: trusted.organisationId,
  rootVersion: trusted.root.version,
  version: nextListVersion(trusted),
  previous: trusted.list.hash,
})

/** The header's bytes. */
export const encodeHeader = (
  place: ListPlace,
  content: Pick<ListHeader, 'merkleRoot' | 'count' | 'policyHash'>,
  now: number,
): Uint8Array => headerDocument.encode({ format: 1, ...place, ...content, issued: now, expires: now + LIST_LIFETIME })

/** A list of these leaves, which nobody has signed yet. */
export const draftOf = (provider: CryptoProvider, place: ListPlace, content: ListContent, now: number): ListDraft => {
  const bound = {
    merkleRoot: toHex(rootOf(provider, content.tree)),
    count: content.leaves.length,
    policyHash: hashOf(provider, content.policy),
  }
  return { ...content, header: { document: encodeHeader(place, bound, now), signatures: [] } }
}
