import { arrayOf, blob, choice, counter, type Decoded, record, time } from '../codec.ts'
import { MAX_FORKS, MAX_HEADER_BYTES, MAX_ROOT_BYTES, MAX_SIGNATURES_BYTES } from '../limits.ts'

/** Bytes: the largest signed document that can be one half of a fork, with its signatures. */
const MAX_EVIDENCE_BYTES = Math.max(MAX_ROOT_BYTES, MAX_HEADER_BYTES) + MAX_SIGNATURES_BYTES

/** Which document contradicts, by its number on the wire. */
export const forkedDocuments = { root: 1, contacts: 2, freshness: 3 } as const

const evidence = record({
  document: [0, choice(forkedDocuments)],
  /** The version that both documents speak of. */
  version: [1, counter],
  /** Signed envelope that this device trusts. */
  trusted: [2, blob(MAX_EVIDENCE_BYTES)],
  /** Signed envelope that contradicts it, equally valid. */
  contradicting: [3, blob(MAX_EVIDENCE_BYTES)],
  /** By this device's clock. */
  noticedAt: [4, time],
})

/** Two validly signed documents that cannot both be true: somebody with an administrator's key signed twice. */
export type ForkEvidence = Decoded<typeof evidence>

export const forks = arrayOf(evidence, MAX_FORKS)
