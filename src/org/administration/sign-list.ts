import type { CryptoProvider } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import { MAX_FRESHNESS_LIFETIME, MAX_INVITATION_LIFETIME } from '../../shared/limits.ts'
import { refuseOtherCount, refuseOtherRoot, refuseOversized, type VerifiedHeader } from '../documents/contact-list.ts'
import { type Directory, directoryAfter } from '../documents/directory.ts'
import { freshnessDocument } from '../documents/freshness.ts'
import { type Policy, policyDocument } from '../documents/policy.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import { signDocument, withSignature } from '../documents/signed.ts'
import { type ApplyResult, applyOwn } from '../trust/apply.ts'
import { readPolicy } from '../trust/newer-list.ts'
import { type PatchedLeaves, patchLeaves } from '../trust/patch-leaves.ts'
import type { TrustedList, TrustedState } from '../trust/trusted.ts'
import { type ListEdit, patchOfEdits } from './edit-list.ts'
import { draftOf, type ListDraft, placeAfter } from './list-draft.ts'

/** Throws `bad-input` (what the list may not hold, such as a removed device) and `person-unknown`. */
export const prepareList = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { edits, policy }: { edits: readonly ListEdit[]; policy?: Policy },
  now: number,
): ListDraft => {
  const patched = patchLeaves(provider, trusted, patchOfEdits(trusted.leaves, edits, now))
  const { leaves, tree } = patched
  const directory = readDirectory(trusted, patched)
  const bound = policy === undefined ? trusted.policy.bytes : policyDocument.encode(policy)
  return draftOf(provider, placeAfter(trusted), { leaves, tree, directory, policy: bound }, now)
}

const readDirectory = (trusted: TrustedState, patched: PatchedLeaves): Directory => {
  try {
    refuseOversized(patched.leaves)
    return directoryAfter(trusted, patched)
  } catch (error) {
    if (error instanceof RefusedDocument) throw new LanyardError('bad-input', error.message, { cause: error })
    throw error
  }
}

/** Adds one administrator's signature; as many as the root asks for, in any order. */
export const signList = (provider: CryptoProvider, draft: ListDraft, seed: Uint8Array): ListDraft => ({
  ...draft,
  header: withSignature(draft.header, signDocument(provider, seed, 'lanyard/contacts/1', draft.header.document)),
})

/** Takes the signed draft over on this device, by the same steps that every other device goes through. */
export const publishList = (
  provider: CryptoProvider,
  trusted: TrustedState,
  draft: ListDraft,
  now: number,
): ApplyResult =>
  applyOwn(provider, trusted, { list: { signed: draft.header, read: list => readDraft(provider, list, draft) } }, now)

/** As a whole list is read, but for the leaves: they were decoded and hashed when the draft was made. */
const readDraft = (
  provider: CryptoProvider,
  list: VerifiedHeader,
  { leaves, tree, directory, policy }: ListDraft,
): TrustedList => {
  const bound = readPolicy(provider, list.header, policy)
  refuseOtherCount(list.header, leaves.length)
  refuseOtherRoot(provider, list.header, tree)
  return { list, leaves, tree, policy: bound, ...directory }
}

/**
 * States that what this device trusts is the newest there is, for at most 7 days, and until when somebody is expected to
 * join (0 for nobody).
 */
export const issueFreshness = (
  provider: CryptoProvider,
  trusted: TrustedState,
  seed: Uint8Array,
  now: number,
  { joinsUntil }: { joinsUntil: number },
): ApplyResult => {
  const document = freshnessDocument.encode({
    format: 1,
    organisation: trusted.organisationId,
    rootVersion: trusted.root.version,
    listVersion: trusted.list.header.version,
    listHash: trusted.list.hash,
    orderNumber: trusted.orders.at(-1)?.value.number ?? 0,
    issued: now,
    expires: now + MAX_FRESHNESS_LIFETIME,
    joinsUntil: Math.min(joinsUntil, now + MAX_INVITATION_LIFETIME),
  })
  const signed = { document, signatures: [signDocument(provider, seed, 'lanyard/freshness/1', document)] }
  return applyOwn(provider, trusted, { freshness: signed }, now)
}
