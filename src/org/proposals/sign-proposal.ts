import { type CryptoProvider, equalBytes } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import { publishList } from '../administration/sign-list.ts'
import { rootDocument } from '../documents/root.ts'
import { signDocument } from '../documents/signed.ts'
import { type ApplyResult, applyOwn } from '../trust/apply.ts'
import type { TrustedState } from '../trust/trusted.ts'
import { checkProposal } from './check-proposal.ts'
import type { Proposal } from './proposal.ts'
import { contextOf, maySign, type RoleToSign, rolesToSign, strangeKey, validSignatures } from './proposal-signatures.ts'

const rolesOf = ({ root }: TrustedState, { kind, document }: Proposal): readonly RoleToSign[] =>
  rolesToSign(root, kind === 'root' ? rootDocument.decode(document) : null)

/** Without signatures that do not count by the root in force, whoever put them there. */
const withValid = (provider: CryptoProvider, trusted: TrustedState, proposal: Proposal): Proposal => ({
  ...proposal,
  signatures: validSignatures(provider, proposal, rolesOf(trusted, proposal)),
})

/**
 * Adds the signature of one administrator, to what was checked right now and nothing else. Throws what `checkProposal`
 * throws, `already-signed`, and RefusedDocument `key-unknown` or `key-wrong-role` for a key that may not.
 */
export const signProposal = (
  provider: CryptoProvider,
  trusted: TrustedState,
  proposal: Proposal,
  seed: Uint8Array,
): Proposal => {
  const checked = checkProposal(provider, trusted, proposal)
  const roots = checked.kind === 'root' ? [trusted.root, checked.root] : [trusted.root]
  const signature = signDocument(provider, seed, contextOf(proposal), proposal.document)
  if (!maySign(rolesOf(trusted, proposal), signature.key)) throw strangeKey(roots, signature.key)
  if (checked.signed.includes(signature.key))
    throw new LanyardError('already-signed', 'This key has signed the proposal already')
  return withValid(provider, trusted, { ...proposal, signatures: [...proposal.signatures, signature] })
}

/**
 * The signatures of both copies of one proposal, as far as they count; also what is left of one copy (merged with itself)
 * when a root change has taken keys away. The rest is that of `held`. Throws `bad-input` for two different proposals.
 */
export const mergeSignatures = (
  provider: CryptoProvider,
  trusted: TrustedState,
  held: Proposal,
  other: Proposal,
): Proposal => {
  if (held.kind !== other.kind || !equalBytes(held.document, other.document))
    throw new LanyardError('bad-input', 'These are two proposals, not two copies of one')
  return withValid(provider, trusted, { ...held, signatures: [...held.signatures, ...other.signatures] })
}

/**
 * Takes a proposal over that has its signatures, by the same steps that every other device goes through; refused with
 * `threshold-short` where some are missing. Throws what `checkProposal` throws.
 */
export const completeProposal = (
  provider: CryptoProvider,
  trusted: TrustedState,
  proposal: Proposal,
  now: number,
): ApplyResult => {
  const valid = withValid(provider, trusted, proposal)
  const checked = checkProposal(provider, trusted, valid)
  if (checked.kind === 'list') return publishList(provider, trusted, checked.draft, now)
  const { document, signatures } = valid
  return applyOwn(provider, trusted, { roots: [{ document, signatures }] }, now)
}
