import { type CryptoProvider, equalBytes } from '../../crypto/index.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import { MAX_CLOCK_AHEAD, MAX_ROOT_BYTES } from '../limits.ts'
import { asRefusal, RefusedDocument } from './refusal.ts'
import { hashOf, knownKeys, type Root, rootDocument } from './root.ts'
import { type SignedBytes, signedDocument, verifySigned } from './signed.ts'

/** Every root from version 1 on, each vouched for by the one before; the newest is in force. */
export interface RootChain {
  readonly organisationId: OrganisationId
  /** Index 0 holds version 1. */
  readonly roots: readonly SignedBytes[]
  /** The newest of them, in force. */
  readonly root: Root
}

/** The envelope of the root in force. */
export const newestRoot = ({ roots }: Pick<RootChain, 'roots'>): SignedBytes => {
  const newest = roots.at(-1)
  if (newest === undefined) throw new RangeError('A chain of roots begins with version 1')
  return newest
}

/** The envelope of one root on its own. */
export const signedRoot = signedDocument(MAX_ROOT_BYTES)

/** TUF 5.2 (trusted root from the start): version 1 is right when it has the pinned hash and vouches for itself. */
export const pinRoot = (
  provider: CryptoProvider,
  organisationId: OrganisationId,
  signed: SignedBytes,
  now: number,
): RootChain => {
  if (hashOf(provider, signed.document) !== organisationId)
    throw new RefusedDocument('wrong-organisation', 'root: not the root that the invitation names')
  const root = rootDocument.decode(signed.document)
  if (root.version !== 1 || root.organisation !== null || root.previous !== null)
    throw new RefusedDocument('malformed', 'root: the first of a chain must be version 1')
  const signatures = verifyRoot(provider, signed, root, [root], now)
  return { organisationId, roots: [{ document: signed.document, signatures }], root }
}

/** TUF 5.3.3 to 5.3.7: one step further. An expired root in the middle of a chain is still a step. */
export const extendChain = (
  provider: CryptoProvider,
  chain: RootChain,
  signed: SignedBytes,
  now: number,
): RootChain => {
  const previous = newestRoot(chain)
  const next = verifyNextRoot(provider, chain.organisationId, chain.root, previous, signed, now)
  return { organisationId: chain.organisationId, roots: [...chain.roots, next.signed], root: next.root }
}

const verifyNextRoot = (
  provider: CryptoProvider,
  organisationId: OrganisationId,
  before: Root,
  previous: SignedBytes,
  signed: SignedBytes,
  now: number,
): { root: Root; signed: SignedBytes } => {
  const root = rootDocument.decode(signed.document)
  if (root.organisation !== organisationId)
    throw new RefusedDocument('wrong-organisation', 'root: it belongs to another organisation')
  if (root.version !== before.version + 1)
    throw new RefusedDocument('root-gap', `root: version ${before.version + 1} is missing`)
  // 5.3.4: a threshold of the previous root's keys and a threshold of its own
  const signatures = verifyRoot(provider, signed, root, [before, root], now)
  if (root.previous !== hashOf(provider, previous.document))
    throw new RefusedDocument(
      'root-gap',
      `root: version ${root.version} does not follow the version ${before.version} known here`,
    )
  return { root, signed: { document: signed.document, signatures } }
}

const verifyRoot = (
  provider: CryptoProvider,
  signed: SignedBytes,
  root: Root,
  vouching: readonly Root[],
  now: number,
) => {
  const signatures = verifySigned(provider, signed, {
    context: 'lanyard/root/1',
    roles: vouching.map(({ roles }) => roles.root),
    knownKeys: new Set(vouching.flatMap(each => [...knownKeys(each)])),
    name: `root ${root.version}`,
  })
  if (root.issued > now + MAX_CLOCK_AHEAD)
    throw new RefusedDocument('issued-in-future', `root ${root.version}: dated in the future`)
  return signatures
}

/**
 * Walks a foreign chain of roots (from version `first` on) along the own one and beyond. What differs from a root known
 * here, and is signed as well as it, is a fork. A shorter chain is no news and no offence. The caller checks the
 * expiry of the newest once the walk is done (5.3.10). What came before a fault stands (5.3.8): it was vouched for.
 */
export const walkRoots = (
  provider: CryptoProvider,
  chain: RootChain,
  foreign: readonly SignedBytes[],
  now: number,
  first = 1,
): { readonly chain: RootChain; readonly fault: RefusedDocument | null } => {
  let walked = chain
  try {
    for (const [place, signed] of foreign.entries()) {
      const index = first - 1 + place
      const known = chain.roots[index]
      if (known === undefined) walked = extendChain(provider, walked, signed, now)
      else if (!equalBytes(known.document, signed.document))
        throw differingRoot(provider, chain, { index, known, signed }, now)
    }
  } catch (error) {
    return { chain: walked, fault: asRefusal(error) }
  }
  return { chain: walked, fault: null }
}

/** What is wrong with a root that differs from the one known: its own fault, or somebody's second signature. */
const differingRoot = (
  provider: CryptoProvider,
  chain: RootChain,
  { index, known, signed }: { index: number; known: SignedBytes; signed: SignedBytes },
  now: number,
): RefusedDocument => {
  if (index === 0) return new RefusedDocument('wrong-organisation', 'root: it belongs to another organisation')
  verifyAfter(provider, chain, index, signed, now)
  return new RefusedDocument('fork', `root: there are two of version ${index + 1}`, {
    evidence: {
      document: 'root',
      version: index + 1,
      trusted: signedRoot.encode(known),
      contradicting: signedRoot.encode(signed),
      noticedAt: now,
    },
  })
}

/** That a root, perhaps not the one known here, has the signatures to follow the one before it. Throws RefusedDocument. */
export const verifyRootOfChain = (provider: CryptoProvider, chain: RootChain, signed: SignedBytes, now: number): Root =>
  verifyAfter(provider, chain, rootDocument.decode(signed.document).version - 1, signed, now)

/** `index` is the place of the root itself. */
const verifyAfter = (provider: CryptoProvider, chain: RootChain, index: number, signed: SignedBytes, now: number) => {
  const previous = chain.roots[index - 1]
  if (previous === undefined)
    throw new RefusedDocument('root-missing', `root: version ${index}, which comes before it, is not here`)
  const before = rootDocument.decode(previous.document)
  return verifyNextRoot(provider, chain.organisationId, before, previous, signed, now).root
}

/** TUF 5.3.10 (freeze): nothing new is taken over under a root that has run out. */
export const refuseExpiredRoot = ({ root }: RootChain, now: number): void => {
  if (root.expires <= now)
    throw new RefusedDocument('root-expired', `root ${root.version}: it has run out, and no newer one is here`)
}
