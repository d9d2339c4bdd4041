import { type CryptoProvider, encodeCanonical, equalBytes, toHex } from '../../crypto/index.ts'
import type { OrganisationId } from '../../shared/ids.ts'
import { MAX_NOTICE_BYTES } from '../../shared/limits.ts'
import { blob, choice, compareText, type Decoded, literal, tuple } from '../codec.ts'
import { headerDocument, verifyHeader } from '../documents/contact-list.ts'
import { type ForkEvidence, forkedDocuments } from '../documents/fork.ts'
import { freshnessDocument, verifyFreshness } from '../documents/freshness.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import { hashOf, rootDocument } from '../documents/root.ts'
import { verifyRootOfChain } from '../documents/root-chain.ts'
import { type SignedBytes, signedDocument } from '../documents/signed.ts'
import type { TrustedState } from '../trust/trusted.ts'

export const forkNoticeCodec = tuple(
  literal(5),
  choice(forkedDocuments),
  blob(MAX_NOTICE_BYTES),
  blob(MAX_NOTICE_BYTES),
)
const envelope = signedDocument(MAX_NOTICE_BYTES)

/** Bytes of a notice beside the two envelopes. */
const FRAMING_BYTES = 16

/**
 * Two signed documents that cannot both be true. Nobody has to vouch for the notice: the signatures in it prove who signed
 * twice.
 */
export interface ForkPair {
  readonly document: ForkEvidence['document']
  /** The header where one document is a header and the other one not, or one follows the other; else the lower by bytes. */
  readonly first: SignedBytes
  readonly second: SignedBytes
  /** The same for the same two documents, whoever's signatures are on them. */
  readonly name: string
}

/** What a pair says of itself, unverified. Throws `document-malformed`. */
export const readForkPair = (
  provider: CryptoProvider,
  [, document, ...envelopes]: Decoded<typeof forkNoticeCodec>,
): {
  readonly pair: ForkPair
  readonly organisationId: OrganisationId
  readonly until: number
} => {
  const [first, second] = [envelope.decode(envelopes[0]), envelope.decode(envelopes[1])]
  const name = `${hashOf(provider, first.document)} ${hashOf(provider, second.document)}`
  const pair = { document, first, second, name }
  const [one, other] = [pair.first, pair.second].map((signed, place) => readHalf(document, place, signed.document))
  if (one === undefined || other === undefined || one.organisation === null)
    throw new RefusedDocument('malformed', 'fork: the first root of an organisation is its id, and has no other')
  return { pair, organisationId: one.organisation, until: Math.max(one.expires, other.expires) }
}

const readHalf = (document: ForkEvidence['document'], place: number, bytes: Uint8Array) => {
  if (document === 'root') return rootDocument.decode(bytes)
  return document === 'freshness' && place === 1 ? freshnessDocument.decode(bytes) : headerDocument.decode(bytes)
}

/**
 * Both are signed as the root in force asks, or, of two roots, the one before them; and they contradict each other. By a
 * key that a root has taken out nothing is proved: whoever stole it could raise an alarm whenever they like.
 * Throws RefusedDocument.
 */
export const verifyForkPair = (provider: CryptoProvider, trusted: TrustedState, pair: ForkPair, now: number): void => {
  const { document, first, second } = pair
  if (equalBytes(first.document, second.document))
    throw new RefusedDocument('malformed', 'fork: the same document twice')
  const contradict =
    document === 'root'
      ? isForkOfRoots(provider, trusted, pair, now)
      : document === 'contacts'
        ? isForkOfLists(provider, trusted, pair, now)
        : isDenied(provider, trusted, pair, now)
  if (!contradict) throw new RefusedDocument('malformed', 'fork: the two documents do not contradict each other')
}

const isForkOfRoots = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { first, second }: ForkPair,
  now: number,
): boolean => {
  const [one, other] = [first, second].map(signed => verifyRootOfChain(provider, trusted, signed, now))
  return one?.version === other?.version && isInOrder(first, second)
}

/** Of two of one version the lower is the first, so that there is one way to say it. */
const isInOrder = (first: SignedBytes, second: SignedBytes) =>
  compareText(toHex(first.document), toHex(second.document)) < 0

const isForkOfLists = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { first, second }: ForkPair,
  now: number,
): boolean => {
  const [one, other] = [verifyHeader(provider, trusted, first, now), verifyHeader(provider, trusted, second, now)]
  return one.header.version === other.header.version
    ? isInOrder(first, second)
    : one.header.version + 1 === other.header.version && other.header.previous !== one.hash
}

const isDenied = (
  provider: CryptoProvider,
  trusted: TrustedState,
  { first, second }: ForkPair,
  now: number,
): boolean => {
  const list = verifyHeader(provider, trusted, first, now)
  const { value } = verifyFreshness(provider, trusted, second, now)
  return value.listVersion === list.header.version && value.listHash !== list.hash
}

/** The bytes of a notice; null for evidence that does not fit into one: roots with many keys. */
export const encodeForkNotice = ({ document, trusted, contradicting }: ForkEvidence): Uint8Array | null => {
  if (trusted.length + contradicting.length > MAX_NOTICE_BYTES - FRAMING_BYTES) return null
  const [first, second] =
    document === 'freshness' || placeOf(document, trusted) < placeOf(document, contradicting)
      ? [trusted, contradicting]
      : [contradicting, trusted]
  return encodeCanonical(forkNoticeCodec.toCanonical([5, document, first, second], 'notice'))
}

const versionIn = (document: ForkEvidence['document'], bytes: Uint8Array) =>
  (document === 'root' ? rootDocument : headerDocument).decode(bytes).version

/** By version, then by bytes. */
const placeOf = (document: 'root' | 'contacts', encoded: Uint8Array): string => {
  const { document: bytes } = envelope.decode(encoded)
  return `${versionIn(document, bytes).toString().padStart(16, '0')} ${toHex(bytes)}`
}

/** What this device has in force comes first, where it is one of the two. */
export const evidenceOfPair = (
  { list, roots }: TrustedState,
  { document, first, second }: ForkPair,
  noticedAt: number,
): ForkEvidence => {
  const isOwn = ({ document: bytes }: SignedBytes) =>
    equalBytes(list.signed.document, bytes) || roots.some(root => equalBytes(root.document, bytes))
  const version = versionIn(document, first.document)
  const [trusted, contradicting] = isOwn(second) ? [second, first] : [first, second]
  return {
    document,
    version,
    trusted: envelope.encode(trusted),
    contradicting: envelope.encode(contradicting),
    noticedAt,
  }
}
