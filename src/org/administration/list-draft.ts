import { type CryptoProvider, toHex } from '../../crypto/index.ts'
import { headerDocument, type ListHeader } from '../documents/contact-list.ts'
import type { Leaf } from '../documents/leaf.ts'
import { type MerkleTree, rootOf } from '../documents/merkle.ts'
import { hashOf } from '../documents/root.ts'
import type { SignedBytes } from '../documents/signed.ts'
import { LIST_LIFETIME } from '../limits.ts'
import { nextListVersion } from '../trust/list-recovery.ts'
import type { TrustedState } from '../trust/trusted.ts'

/** The next contact list, before enough administrators have signed it. */
export interface ListDraft {
  readonly header: SignedBytes
  readonly leaves: readonly Leaf[]
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
export const draftOf = (
  provider: CryptoProvider,
  place: ListPlace,
  { leaves, tree, policy }: Pick<ListDraft, 'leaves' | 'policy'> & { readonly tree: MerkleTree },
  now: number,
): ListDraft => {
  const content = {
    merkleRoot: toHex(rootOf(provider, tree)),
    count: leaves.length,
    policyHash: hashOf(provider, policy),
  }
  return { header: { document: encodeHeader(place, content, now), signatures: [] }, leaves, policy }
}
