import { evidenceSigners, rootDocument, type TrustedState } from '../../org/index.ts'
import type { Fork } from '../../shared/contract/administration-entities.ts'
import type { NameOf } from './recorded-changes.ts'
import { signerOf } from './told-proposal.ts'

/** Every fork that this device has evidence of, newest first. */
export const tellForks = ({ forks, roots }: TrustedState, nameOf: NameOf): Fork[] => {
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
