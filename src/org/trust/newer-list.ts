import { type CryptoProvider, equalBytes } from '../../crypto/index.ts'
import {
  type ListHeader,
  signedHeader,
  type VerifiedHeader,
  verifyHeader,
  verifyLeaves,
} from '../documents/contact-list.ts'
import { directoryOf } from '../documents/directory.ts'
import type { ForkEvidence } from '../documents/fork.ts'
import type { Leaf } from '../documents/leaf.ts'
import { policyDocument } from '../documents/policy.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import { hashOf, rootDocument } from '../documents/root.ts'
import type { RootChain } from '../documents/root-chain.ts'
import { isVouchedFor, type SignedBytes } from '../documents/signed.ts'
import type { Bundle } from './bundle.ts'
import { withEvidence } from './known-forks.ts'
import type { TrustedList, TrustedState } from './trusted.ts'

/** Verifies the list of a bundle in itself, from the signatures to the last leaf, where no other is known. */
export const readList = (provider: CryptoProvider, chain: RootChain, bundle: Bundle, now: number): TrustedList =>
  readWholeList(provider, verifyHeader(provider, chain, bundle.list, now), bundle, [])

/** What a verified header speaks of. `known` spares decoding again. */
export const readWholeList = (
  provider: CryptoProvider,
  list: VerifiedHeader,
  { leaves: encoded, policy }: Pick<Bundle, 'leaves' | 'policy'>,
  known: readonly Leaf[],
): TrustedList => {
  const bound = readPolicy(provider, list.header, policy)
  const { leaves, tree } = verifyLeaves(provider, list.header, encoded, known)
  return { list, leaves, tree, policy: bound, ...directoryOf(leaves) }
}

/** The policy is the one that the header speaks of. */
export const readPolicy = (provider: CryptoProvider, { policyHash }: ListHeader, policy: Uint8Array) => {
  if (hashOf(provider, policy) !== policyHash)
    throw new RefusedDocument('policy-mismatch', 'policy: not the one that was signed with the contact list')
  return { bytes: policy, value: policyDocument.decode(policy) }
}

/** A signed header, and how to come by what it speaks of once it is known to be right. */
export interface OfferedList {
  readonly signed: SignedBytes
  readonly read: (list: VerifiedHeader, known: TrustedList) => TrustedList
}

/** Takes over a list when it is newer than the one in force. The same state when it is the same list. */
export const newerList = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { signed, read }: OfferedList,
  now: number,
): TrustedState => {
  if (equalBytes(signed.document, trusted.list.signed.document)) return trusted
  const candidate = verifyHeader(provider, trusted, signed, now)
  const own = trusted.list.header.version
  const { version, previous, rootVersion } = candidate.header
  const evidence = (): ForkEvidence => ({
    document: 'contacts',
    version: own,
    trusted: signedHeader.encode(trusted.list.signed),
    contradicting: signedHeader.encode(candidate.signed),
    noticedAt: now,
  })
  const disownedSince = disownedBy(trusted)
  if (disownedSince !== null && rootVersion >= disownedSince)
    return { ...trusted, ...read(candidate, trusted), freshness: null }
  if (version < own)
    throw new RefusedDocument('rollback', `contact list: version ${version}, while ${own} is known here`)
  if (version === own)
    throw new RefusedDocument('fork', `contact list: there are two of version ${version}`, { evidence: evidence() })
  const content = read(candidate, trusted)
  // built on another list of this version: the newer one counts, but two were signed
  const isForked = version === own + 1 && previous !== trusted.list.hash
  return { ...trusted, ...content, forks: isForked ? withEvidence(trusted.forks, evidence()) : trusted.forks }
}

/**
 * The first root under which the list in force would not have been accepted any more, or null. Then its version says
 * nothing: whoever stole the keys may have counted it up to the end (TUF 1.0, fast-forward recovery). A list signed
 * under that root or a later one replaces it whatever its version is.
 */
export const disownedBy = ({ roots, list, root }: TrustedState): number | null => {
  for (let version = list.header.rootVersion + 1; version <= root.version; version++) {
    const signed = roots[version - 1]
    if (signed === undefined) return null
    if (!isVouchedFor(list.signed, rootDocument.decode(signed.document).roles.contacts)) return version
  }
  return null
}
