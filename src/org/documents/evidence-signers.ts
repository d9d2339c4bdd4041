import { MAX_ROOT_BYTES } from '../limits.ts'
import type { ForkEvidence } from './fork.ts'
import { type KeyId, signedDocument } from './signed.ts'

/** The largest document that can be one side of a fork is a root. */
const side = signedDocument(MAX_ROOT_BYTES)

const keysOf = (envelope: Uint8Array): readonly KeyId[] => side.decode(envelope).signatures.map(({ key }) => key)

/** Who signed the two documents that contradict each other. Both were verified when the fork was noticed. */
export const evidenceSigners = ({
  trusted,
  contradicting,
}: ForkEvidence): { readonly trusted: readonly KeyId[]; readonly contradicting: readonly KeyId[] } => ({
  trusted: keysOf(trusted),
  contradicting: keysOf(contradicting),
})
