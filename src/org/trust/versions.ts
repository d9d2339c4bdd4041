import { counter, type Decoded, documentOf, hexId, literal, record, time } from '../codec.ts'
import { hashCodec } from '../fields.ts'
import type { TrustedState } from './trusted.ts'

/** Bytes: four integers, a hash and two digests take about 85. */
const MAX_VERSIONS_BYTES = 100

const versions = record({
  format: [0, literal(1)],
  root: [1, counter],
  list: [2, counter],
  listHash: [3, hashCodec],
  /** When the newest freshness statement was issued; 0 without one. */
  freshness: [4, time],
  /** Number of the newest order; 0 without one. */
  order: [5, counter],
  /** Over the notices that the sender carries: whoever has others compares them. Zeros for none. */
  notices: [6, hexId<string>(8)],
  /** Over the proposals that wait there. Zeros for none, and always where the reader is no administrator's device. */
  proposals: [7, hexId<string>(8)],
})

/** What two devices tell each other when they meet, to see who has news. */
export type Versions = Decoded<typeof versions>

const encoding = documentOf(versions, 'versions', MAX_VERSIONS_BYTES)
export const encodeVersions = encoding.encode
/** Throws `document-malformed`, `document-too-large`. */
export const decodeVersions = encoding.decode

/** Of nothing at all, 8 bytes in hex. */
export const NO_DIGEST = '00'.repeat(8)

export const versionsOf = (
  { root, list, freshness, orders }: TrustedState,
  { notices, proposals }: Pick<Versions, 'notices' | 'proposals'> = { notices: NO_DIGEST, proposals: NO_DIGEST },
): Versions => ({
  format: 1,
  root: root.version,
  list: list.header.version,
  listHash: list.hash,
  freshness: freshness?.value.issued ?? 0,
  order: orders.at(-1)?.value.number ?? 0,
  notices,
  proposals,
})

/**
 * `behind` when the other has anything newer: then ask for their bundle. Both sides may be behind, each in something
 * else. `fork` when the lists differ under one version: ask as well, the bundle is the evidence. Answers are claims;
 * ask at most once for each message of versions.
 */
export const compareVersions = (own: Versions, theirs: Versions): 'same' | 'behind' | 'ahead' | 'fork' => {
  if (own.list === theirs.list && own.listHash !== theirs.listHash) return 'fork'
  const counters = ['root', 'list', 'freshness', 'order'] as const
  if (counters.some(name => theirs[name] > own[name])) return 'behind'
  return counters.some(name => theirs[name] < own[name]) ? 'ahead' : 'same'
}
