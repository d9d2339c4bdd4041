import { evidenceSigners, type ForkEvidence, rootDocument, type TrustedState } from '../../org/index.ts'
import type { Fork } from '../../shared/contract/administration-entities.ts'
import type { NameOf } from './names.ts'
import { signerOf } from './told-proposal.ts'

/** These forks, newest first, with the names of those whose keys signed each side. */
export const tellForks = (
  forks: readonly ForkEvidence[],
  { roots }: Pick<TrustedState, 'roots'>,
  nameOf: NameOf,
): Fork[] => {
  const toSigner = signerOf(
    roots.map(({ document }) => rootDocument.decode(document)),
    nameOf,
  )
  return [...forks].reverse().map(fork => {
    const { trusted, contradicting } = evidenceSigners(fork)
    return {
      document: fork.document,
      version: fork.version,
      noticedAt: fork.noticedAt,
      trustedBy: trusted.map(toSigner),
      contradictedBy: contradicting.map(toSigner),
    }
  })
}
