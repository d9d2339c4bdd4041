import { toHex } from '../../crypto/index.ts'
import type { ForkEvidence } from '../documents/fork.ts'
import { signedDocument } from '../documents/signed.ts'
import { MAX_FORKS, MAX_ROOT_BYTES } from '../limits.ts'

const side = signedDocument(MAX_ROOT_BYTES)

/** The same for the same two documents, whoever is on which side and whoever's signatures are on them. */
const nameOf = ({ trusted, contradicting }: ForkEvidence): string =>
  [trusted, contradicting]
    .map(envelope => toHex(side.decode(envelope).document))
    .sort()
    .join(' ')

/** Adds evidence unless it is known; the oldest goes when there is too much. The same object where it is known. */
export const withEvidence = (known: readonly ForkEvidence[], found: ForkEvidence): readonly ForkEvidence[] => {
  const name = nameOf(found)
  const isKnown = known.some(each => each.document === found.document && nameOf(each) === name)
  return isKnown ? known : [...known, found].slice(-MAX_FORKS)
}
