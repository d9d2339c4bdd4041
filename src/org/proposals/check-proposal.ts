import { type CryptoProvider, equalBytes } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { ProposalId } from '../../shared/ids.ts'
import { type DescribedRootChange, describeRootChange } from '../administration/describe-root-change.ts'
import { encodeHeader, type ListDraft, placeAfter } from '../administration/list-draft.ts'
import { prepareRoot } from '../administration/rotate-root.ts'
import { headerDocument } from '../documents/contact-list.ts'
import { directoryAfter } from '../documents/directory.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import { hashOf, type Root, rootDocument } from '../documents/root.ts'
import { newestRoot } from '../documents/root-chain.ts'
import type { KeyId } from '../documents/signed.ts'
import { describeChanges, type ListChange } from '../history/describe-changes.ts'
import { MAX_CLOCK_AHEAD } from '../limits.ts'
import { readPolicy } from '../trust/newer-list.ts'
import { patchVerified, readPatch } from '../trust/patch-leaves.ts'
import type { TrustedState } from '../trust/trusted.ts'
import { type Proposal, proposalId } from './proposal.ts'
import { countSignatures, type Need, rolesToSign, signerNeeds } from './proposal-signatures.ts'
import { refuseImpossible } from './refuse-impossible.ts'
import { refuseImpossibleRoot } from './refuse-impossible-root.ts'

interface Checked {
  readonly id: ProposalId
  /** That it becomes. */
  readonly version: number
  /** Keys of the roles whose signatures are there and valid. */
  readonly signed: readonly KeyId[]
  /** One entry for a list; two for a root: the keys in force, and its own. */
  readonly needs: readonly Need[]
  readonly isComplete: boolean
  /** Whether the person who is said to have proposed it has signed it. */
  readonly isProposerProven: boolean
}

/** What a proposal is, computed from the documents in force; nothing in it is anybody's word. */
export type CheckedProposal = Checked &
  (
    | { readonly kind: 'list'; readonly draft: ListDraft; readonly changes: readonly ListChange[] }
    | { readonly kind: 'root'; readonly root: Root; readonly changes: readonly DescribedRootChange[] }
  )

/**
 * Throws `proposal-outdated` when it was made for another list or root than the one in force, and RefusedDocument by name
 * when it does not add up, changes what no edit changes, or carries a signature that is not right.
 */
export const checkProposal = (provider: CryptoProvider, trusted: TrustedState, proposal: Proposal): CheckedProposal => {
  const content = checkContent(provider, trusted, proposal)
  const { document, signatures, proposer } = proposal
  const roles = rolesToSign(trusted.root, content.kind === 'root' ? content.root : null)
  const signed = countSignatures(provider, proposal, roles, [
    trusted.root,
    ...(content.kind === 'root' ? [content.root] : []),
  ])
  const needs = signerNeeds(roles, signed)
  const keys = content.kind === 'root' ? [...trusted.root.keys, ...content.root.keys] : trusted.root.keys
  const common = {
    id: proposalId(provider, proposal),
    signed,
    needs,
    isComplete: needs.every(({ signed, threshold }) => signed.length >= threshold),
    isProposerProven: keys.some(({ id, holder }) => holder === proposer && signed.includes(id)),
  }
  if (content.kind === 'root') return { ...common, ...content, version: content.root.version }
  const { content: read, version, changes } = content
  return { ...common, kind: 'list', version, changes, draft: { ...read, header: { document, signatures } } }
}

const checkContent = (provider: CryptoProvider, trusted: TrustedState, proposal: Proposal) =>
  proposal.kind === 'list' ? checkList(provider, trusted, proposal) : checkRoot(provider, trusted, proposal)

const outdated = () =>
  new LanyardError('proposal-outdated', 'The proposal was made for a version that is not in force any more')

const malformed = (message: string) => new RefusedDocument('malformed', `proposal: ${message}`)

/**
 * Lifetimes count from the issue, which nobody looks at among the changes: a root of ten years ago would have run out with
 * its last signature, and nothing new could be taken over under it. Honest clocks may differ a little.
 */
const refuseBackdated = (issued: number, inForce: { readonly issued: number }): void => {
  if (issued + MAX_CLOCK_AHEAD < inForce.issued) throw malformed('it is dated before what is in force')
}

const checkList = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { base, document, changed, removed, policy }: Proposal,
) => {
  if (base !== trusted.list.hash) throw outdated()
  const header = headerDocument.decode(document)
  if (header.rootVersion !== trusted.root.version) throw outdated()
  const bound = readPolicy(provider, header, policy ?? trusted.policy.bytes)
  const patched = patchVerified(provider, trusted, readPatch(changed, removed), header)
  const { leaves, tree } = patched
  // Merkle root, count and policy are right by now; the rest has to be what Lanyard itself would have written
  const { merkleRoot, count, policyHash, issued } = header
  if (!equalBytes(document, encodeHeader(placeAfter(trusted), { merkleRoot, count, policyHash }, issued)))
    throw malformed('its header is not the next after the list in force')
  refuseBackdated(issued, trusted.list.header)
  const directory = directoryAfter(trusted, patched)
  const changes = describeChanges(trusted, { leaves, policy: bound })
  refuseImpossible(trusted, { placed: patched.placed, changes })
  const content = { leaves, tree, directory, policy: bound.bytes }
  return { kind: 'list' as const, content, version: header.version, changes }
}

const checkRoot = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { base, document, changed, removed, policy }: Proposal,
) => {
  if (base !== hashOf(provider, newestRoot(trusted).document)) throw outdated()
  if (changed.length > 0 || removed.length > 0 || policy !== null) throw malformed('a root changes no list')
  const root = rootDocument.decode(document)
  const { name, keys, roles, issued } = root
  if (!equalBytes(document, prepareRoot(provider, trusted, { name, keys, roles }, issued).document))
    throw malformed('it is not the next after the root in force')
  refuseBackdated(issued, trusted.root)
  refuseImpossibleRoot(trusted, root)
  return { kind: 'root' as const, root, changes: describeRootChange(trusted.root, root) }
}
