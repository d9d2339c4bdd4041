import { type CryptoProvider, equalBytes } from '../../crypto/index.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { ListEdit } from '../administration/edit-list.ts'
import type { ListDraft } from '../administration/list-draft.ts'
import { changeRoot, type RootChange } from '../administration/root-change.ts'
import { prepareRoot } from '../administration/rotate-root.ts'
import { prepareList } from '../administration/sign-list.ts'
import type { Policy } from '../documents/policy.ts'
import { hashOf } from '../documents/root.ts'
import { newestRoot } from '../documents/root-chain.ts'
import { leafDifferences } from '../history/leaf-differences.ts'
import type { TrustedState } from '../trust/trusted.ts'
import { type Proposal, proposedBy } from './proposal.ts'

/**
 * The next contact list, for others to sign. With no edits and no policy the list as it is, signed anew. Throws `bad-input`
 * and `person-unknown` as `prepareList`.
 */
export const proposeList = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { edits, policy }: { edits: readonly ListEdit[]; policy?: Policy },
  proposer: PersonId,
  now: number,
): Proposal =>
  proposalOfDraft(
    trusted,
    prepareList(provider, trusted, policy === undefined ? { edits } : { edits, policy }, now),
    proposer,
    now,
  )

const proposalOfDraft = (trusted: TrustedState, draft: ListDraft, proposer: PersonId, now: number): Proposal => {
  const differences = leafDifferences(trusted.leaves, draft.leaves)
  return {
    ...proposedBy(proposer, now),
    kind: 'list',
    base: trusted.list.hash,
    document: draft.header.document,
    changed: differences.flatMap(({ after }) => (after === null ? [] : [after.bytes])),
    removed: differences.flatMap(({ before, after }) => (after === null && before !== null ? [before.key] : [])),
    policy: equalBytes(draft.policy, trusted.policy.bytes) ? null : draft.policy,
  }
}

/** The next root, for others to sign. With no change the root as it is, good for another ten years. Throws `change-impossible`. */
export const proposeRoot = (
  provider: CryptoProvider,
  trusted: TrustedState,
  change: RootChange,
  proposer: PersonId,
  now: number,
): Proposal => ({
  ...proposedBy(proposer, now),
  kind: 'root',
  base: hashOf(provider, newestRoot(trusted).document),
  document: prepareRoot(provider, trusted, changeRoot(trusted.root, change), now).document,
  changed: [],
  removed: [],
  policy: null,
})
