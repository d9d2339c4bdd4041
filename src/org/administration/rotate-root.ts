import type { CryptoProvider } from '../../crypto/index.ts'
import { hashOf, type Root, rootDocument } from '../documents/root.ts'
import { newestRoot } from '../documents/root-chain.ts'
import { type SignedBytes, signDocument, withSignature } from '../documents/signed.ts'
import { ROOT_LIFETIME } from '../limits.ts'
import type { TrustedState } from '../trust/trusted.ts'

/**
 * The next root with other keys, roles or name, before anybody has signed it. It needs a threshold of the root keys
 * in force and of its own. When it disowns the signers of the contact list, sign a new list under it at once.
 */
export const prepareRoot = (
  provider: CryptoProvider,
  { organisationId, root, roots }: TrustedState,
  change: Partial<Pick<Root, 'name' | 'keys' | 'roles'>>,
  now: number,
): SignedBytes => {
  const previous = newestRoot({ roots })
  const next: Root = {
    ...root,
    ...change,
    organisation: organisationId,
    version: root.version + 1,
    previous: hashOf(provider, previous.document),
    issued: now,
    expires: now + ROOT_LIFETIME,
  }
  return { document: rootDocument.encode(next), signatures: [] }
}

/** Adds one root key's signature. */
export const signRoot = (provider: CryptoProvider, draft: SignedBytes, seed: Uint8Array): SignedBytes =>
  withSignature(draft, signDocument(provider, seed, 'lanyard/root/1', draft.document))
