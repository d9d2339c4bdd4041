import type { CryptoProvider } from '../../crypto/index.ts'
import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'
import { arrayOf, blob, type Decoded, documentOf, literal, nullable, record, sortedBy } from '../codec.ts'
import { headerDocument, signedHeader, type VerifiedHeader } from '../documents/contact-list.ts'
import type { ForkEvidence } from '../documents/fork.ts'
import { decodeLeaf, leafKey } from '../documents/leaf.ts'
import { asRefusal, RefusedDocument } from '../documents/refusal.ts'
import { hashOf, knownKeys, type Root, rootDocument } from '../documents/root.ts'
import type { RootChain } from '../documents/root-chain.ts'
import { isVouchedFor, type SignedBytes, signedBytes, verifySigned } from '../documents/signed.ts'
import { MAX_HEADER_BYTES, MAX_LEAF_BYTES, MAX_LEAVES, MAX_POLICY_BYTES } from '../limits.ts'
import { readPolicy } from '../trust/newer-list.ts'
import { patchVerified, readPatch } from '../trust/patch-leaves.ts'
import type { ListVersion } from '../trust/trusted.ts'
import type { DeltaBase, TouchedSince } from './delta.ts'
import { leafDifferences } from './leaf-differences.ts'

const step = record({
  format: [0, literal(1)],
  /** The header of the older version. */
  list: [1, signedBytes(MAX_HEADER_BYTES)],
  /** Leaves as they were, of those that were changed or removed since, in ascending order of their keys. */
  leaves: [2, arrayOf(blob(MAX_LEAF_BYTES), MAX_LEAVES)],
  /** Leaves that did not exist then. */
  absent: [3, sortedBy(leafKey, MAX_LEAVES, key => key)],
  /** As it was then; null for the same. */
  policy: [4, nullable(blob(MAX_POLICY_BYTES))],
})

/** What makes an older version of the contact list out of the next one. The header that follows vouches for it. */
export type HistoryStep = Decoded<typeof step>

const encoding = documentOf(step, 'history step', MAX_BUNDLE_BYTES)
export const encodeStep = encoding.encode
/** Throws RefusedDocument. Whether the step is true only `undoStep` tells. */
export const decodeStep = (bytes: Uint8Array): HistoryStep => {
  try {
    return encoding.decode(bytes)
  } catch (error) {
    throw asRefusal(error)
  }
}

/** Whether the newer version names the older one as the one before it, so that others can check a step between them. */
export const isNextVersion = (older: ListVersion, newer: ListVersion): boolean =>
  newer.list.header.previous === older.list.hash

/**
 * The step back from one version to an older one, both of which this device has taken over. Where `isNextVersion` is
 * false, because versions between them never came here, the step is good for this device alone.
 */
export const historyStep = (older: ListVersion, newer: ListVersion): HistoryStep => {
  const differences = leafDifferences(older.leaves, newer.leaves)
  return {
    format: 1,
    list: older.list.signed,
    leaves: differences.flatMap(({ before }) => (before === null ? [] : [before.bytes])),
    absent: differences.flatMap(({ before, after }) => (before === null && after !== null ? [after.key] : [])),
    policy: older.list.header.policyHash === newer.list.header.policyHash ? null : older.policy.bytes,
  }
}

/**
 * The older version, verified: the newer one names the hash of its header, and it holds what that header speaks of. The
 * signatures are those of the root in force then, so that one can tell who signed. With `isOwn` the step is one that this
 * device made itself between versions that do not follow each other. Throws RefusedDocument.
 */
export const undoStep = (
  provider: CryptoProvider,
  chain: RootChain,
  newer: ListVersion,
  step: HistoryStep,
  { isOwn = false }: { isOwn?: boolean } = {},
): ListVersion => {
  try {
    const list = verifyPastHeader(provider, chain, step.list)
    if (!isOwn && newer.list.header.previous !== list.hash)
      throw new RefusedDocument(
        'history-mismatch',
        `history: not what came before version ${newer.list.header.version}`,
      )
    const policy = readPolicy(provider, list.header, step.policy ?? newer.policy.bytes)
    const { leaves, tree } = patchVerified(provider, newer, readPatch(step.leaves, step.absent), list.header)
    return { list, leaves, tree, policy }
  } catch (error) {
    throw asRefusal(error)
  }
}

const verifyPastHeader = (provider: CryptoProvider, chain: RootChain, signed: SignedBytes): VerifiedHeader => {
  const header = headerDocument.decode(signed.document)
  if (header.organisation !== chain.organisationId)
    throw new RefusedDocument('wrong-organisation', 'history: it belongs to another organisation')
  const root = rootOfSigners(chain, { signed, header })
  const signatures = verifySigned(provider, signed, {
    context: 'lanyard/contacts/1',
    roles: [root.roles.contacts],
    knownKeys: knownKeys(root),
    name: `contact list ${header.version}`,
  })
  return { signed: { document: signed.document, signatures }, header, hash: hashOf(provider, signed.document) }
}

/** The root under which a list was signed; a later one where its keys had changed before the last signature was there. */
const rootOfSigners = ({ roots }: RootChain, { signed, header }: Omit<VerifiedHeader, 'hash'>): Root => {
  const named = roots[header.rootVersion - 1]
  if (named === undefined)
    throw new RefusedDocument('root-missing', `history: signed under root ${header.rootVersion}, which is not here`)
  for (const { document } of roots.slice(header.rootVersion - 1)) {
    const root = rootDocument.decode(document)
    if (isVouchedFor(signed, root.roles.contacts)) return root
  }
  return rootDocument.decode(named.document)
}

/** Who signed a version, as the root of that time names them. */
export interface ListSigners {
  readonly threshold: number
  readonly keys: readonly Root['keys'][number][]
}

export const signersOfList = (chain: RootChain, list: VerifiedHeader): ListSigners => {
  const { keys, roles } = rootOfSigners(chain, list)
  const signed = new Set(list.signed.signatures.map(({ key }) => key))
  return { threshold: roles.contacts.threshold, keys: keys.filter(({ id }) => signed.has(id)) }
}

/** Of the version that a step leads to; unverified. Throws RefusedDocument. */
export const baseOfStep = (
  provider: CryptoProvider,
  { list }: HistoryStep,
): DeltaBase & { readonly listVersion: number } => {
  try {
    const { rootVersion, version } = headerDocument.decode(list.document)
    return { listHash: hashOf(provider, list.document), listVersion: version, rootVersion }
  } catch (error) {
    throw asRefusal(error)
  }
}

/** Where a step that this device has leads to one list of a version, and the newer ones to another: somebody signed twice. */
export const forkOfHistory = ({ list }: HistoryStep, found: ListVersion, noticedAt: number): ForkEvidence => ({
  document: 'contacts',
  version: found.list.header.version,
  trusted: signedHeader.encode(list),
  contradicting: signedHeader.encode(found.list.signed),
  noticedAt,
})

/** What may have changed since the oldest version that these steps lead back to: makes the delta from there. */
export const touchedSince = (steps: readonly HistoryStep[]): TouchedSince => ({
  keys: new Set(steps.flatMap(({ leaves, absent }) => [...leaves.map(bytes => decodeLeaf(bytes).key), ...absent])),
  isPolicyTouched: steps.some(({ policy }) => policy !== null),
})
