import { type CryptoProvider, fromHex, verifySignature } from '../../crypto/index.ts'
import { compareText } from '../codec.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import { knownKeys, type Root } from '../documents/root.ts'
import type { DocumentSignature, KeyId, Role, SignatureContext } from '../documents/signed.ts'
import type { Proposal } from './proposal.ts'

/** Signatures of one proposal that do not fit, before the others are not looked at. */
const MAX_FORGED_SIGNATURES = 4

/** How many of whose signatures a proposal takes. */
export interface Need {
  /** `root`: by the root in force; `next-root`: by the one that is proposed. */
  readonly of: 'contacts' | 'root' | 'next-root'
  readonly threshold: number
  readonly signed: readonly KeyId[]
  /** Keys that have not signed; any of them may. */
  readonly missing: readonly KeyId[]
}

export type RoleToSign = Pick<Need, 'of'> & { readonly role: Role }

/** `next`: the root that is proposed, null for a list. */
export const rolesToSign = (root: Root, next: Root | null): readonly RoleToSign[] =>
  next === null
    ? [{ of: 'contacts', role: root.roles.contacts }]
    : [
        { of: 'root', role: root.roles.root },
        { of: 'next-root', role: next.roles.root },
      ]

export const signerNeeds = (roles: readonly RoleToSign[], signed: readonly KeyId[]): readonly Need[] =>
  roles.map(({ of, role: { keys, threshold } }) => ({
    of,
    threshold,
    signed: keys.filter(key => signed.includes(key)),
    missing: keys.filter(key => !signed.includes(key)),
  }))

export const contextOf = ({ kind }: Pick<Proposal, 'kind'>): SignatureContext =>
  kind === 'list' ? 'lanyard/contacts/1' : 'lanyard/root/1'

export const maySign = (roles: readonly RoleToSign[], key: KeyId): boolean =>
  roles.some(({ role }) => role.keys.includes(key))

/** What is wrong with a key that is in none of the roles. */
export const strangeKey = (roots: readonly Root[], key: KeyId): RefusedDocument =>
  roots.some(root => knownKeys(root).has(key))
    ? new RefusedDocument('key-wrong-role', 'proposal: signed by a key that may not sign this')
    : new RefusedDocument('key-unknown', 'proposal: signed by a key that the organisation does not know')

const fits = (provider: CryptoProvider, proposal: Pick<Proposal, 'kind' | 'document'>, each: DocumentSignature) =>
  verifySignature(provider, fromHex(each.key), contextOf(proposal), proposal.document, each.signature)

/** Who has signed. Throws RefusedDocument for the first signature that is not right. */
export const countSignatures = (
  provider: CryptoProvider,
  proposal: Pick<Proposal, 'kind' | 'document' | 'signatures'>,
  roles: readonly RoleToSign[],
  roots: readonly Root[],
): readonly KeyId[] => {
  const signed: KeyId[] = []
  for (const each of proposal.signatures) {
    if (signed.includes(each.key))
      throw new RefusedDocument('signature-duplicate', 'proposal: one key has signed twice')
    if (!maySign(roles, each.key)) throw strangeKey(roots, each.key)
    if (!fits(provider, proposal, each))
      throw new RefusedDocument('signature-invalid', 'proposal: a signature does not fit the document')
    signed.push(each.key)
  }
  return signed
}

/**
 * Those that count, one for each key, in the order of the keys: the same wherever they are put together. After a few that do
 * not fit no more are looked at: to refuse one takes some ten milliseconds, and an honest copy has none.
 */
export const validSignatures = (
  provider: CryptoProvider,
  proposal: Pick<Proposal, 'kind' | 'document' | 'signatures'>,
  roles: readonly RoleToSign[],
): readonly DocumentSignature[] => {
  const valid = new Map<KeyId, DocumentSignature>()
  let forged = 0
  for (const each of proposal.signatures) {
    if (forged >= MAX_FORGED_SIGNATURES) break
    if (valid.has(each.key) || !maySign(roles, each.key)) continue
    if (fits(provider, proposal, each)) valid.set(each.key, each)
    else forged += 1
  }
  return [...valid.values()].sort((a, b) => compareText(a.key, b.key))
}
