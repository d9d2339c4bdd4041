import type { CryptoProvider } from '../../crypto/index.ts'
import type { PersonId, ProposalId } from '../../shared/ids.ts'
import { arrayOf, blob, choice, type Decoded, documentOf, literal, nullable, record, sortedBy, time } from '../codec.ts'
import { leafKey } from '../documents/leaf.ts'
import { hashOf } from '../documents/root.ts'
import { documentSignature } from '../documents/signed.ts'
import { hashCodec, personIdCodec } from '../fields.ts'
import {
  MAX_LEAF_BYTES,
  MAX_LEAVES,
  MAX_POLICY_BYTES,
  MAX_PROPOSAL_BYTES,
  MAX_ROOT_BYTES,
  MAX_SIGNATURES,
} from '../limits.ts'

const proposal = record({
  format: [0, literal(1)],
  kind: [1, choice({ list: 1, root: 2 })],
  /** Hash of the list's header, or of the root, that it is made for. */
  base: [2, hashCodec],
  /** What is signed: the header of the next list, or the next root. */
  document: [3, blob(MAX_ROOT_BYTES)],
  /** Leaves that differ from those of the base, in ascending order of their keys; none in a root's. */
  changed: [4, arrayOf(blob(MAX_LEAF_BYTES), MAX_LEAVES)],
  /** Keys of leaves that are there no more. */
  removed: [5, sortedBy(leafKey, MAX_LEAVES, key => key)],
  /** Null: as it is. */
  policy: [6, nullable(blob(MAX_POLICY_BYTES))],
  /** A claim, unless a key of theirs has signed. */
  proposer: [7, personIdCodec],
  proposedAt: [8, time],
  signatures: [9, arrayOf(documentSignature, MAX_SIGNATURES)],
})

/** A change that waits for signatures. */
export type Proposal = Decoded<typeof proposal>

export const proposalDocument = documentOf(proposal, 'proposal', MAX_PROPOSAL_BYTES)

/** For a colleague's device or a file. */
export const encodeProposal = (value: Proposal): Uint8Array => proposalDocument.encode(value)

/** Reads a proposal, whoever made it: only `checkProposal` says what it is. Throws `document-malformed`, `document-too-large`. */
export const readProposal = (encoded: Uint8Array): Proposal => proposalDocument.decode(encoded)

/** SHA-256 of what is signed: however the rest travels, the same document is the same proposal. */
export const proposalId = (provider: CryptoProvider, { document }: Pick<Proposal, 'document'>): ProposalId =>
  hashOf(provider, document) as ProposalId

export const proposedBy = (
  proposer: PersonId,
  now: number,
): Pick<Proposal, 'format' | 'proposer' | 'proposedAt' | 'signatures'> => ({
  format: 1,
  proposer,
  proposedAt: now,
  signatures: [],
})
