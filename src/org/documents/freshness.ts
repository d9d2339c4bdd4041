import type { CryptoProvider } from '../../crypto/index.ts'
import { MAX_FRESHNESS_LIFETIME, MAX_INVITATION_LIFETIME } from '../../shared/limits.ts'
import { counter, type Decoded, documentOf, literal, record, time } from '../codec.ts'
import { hashCodec, organisationIdCodec } from '../fields.ts'
import { MAX_CLOCK_AHEAD, MAX_STATEMENT_BYTES } from '../limits.ts'
import { RefusedDocument } from './refusal.ts'
import { knownKeys } from './root.ts'
import type { RootChain } from './root-chain.ts'
import { type SignedBytes, signedDocument, verifySigned } from './signed.ts'

const freshness = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  rootVersion: [2, counter],
  listVersion: [3, counter],
  listHash: [4, hashCodec],
  /** Number of the newest order; 0 when there is none. */
  orderNumber: [5, counter],
  issued: [6, time],
  expires: [7, time],
  /** Until then somebody is expected: members let unknown devices knock. 0 when nobody is. */
  joinsUntil: [8, time],
})

/** An administrator's statement of what is newest: it bounds for how long a device can be kept in the past. */
export type Freshness = Decoded<typeof freshness>

export const freshnessDocument = documentOf(freshness, 'freshness', MAX_STATEMENT_BYTES)
export const signedFreshness = signedDocument(MAX_STATEMENT_BYTES)

export interface VerifiedFreshness {
  readonly signed: SignedBytes
  readonly value: Freshness
}

export const verifyFreshness = (
  provider: CryptoProvider,
  { root, organisationId }: RootChain,
  signed: SignedBytes,
  now: number,
): VerifiedFreshness => {
  const value = freshnessDocument.decode(signed.document)
  if (value.organisation !== organisationId)
    throw new RefusedDocument('wrong-organisation', 'freshness: it belongs to another organisation')
  const signatures = verifySigned(provider, signed, {
    context: 'lanyard/freshness/1',
    roles: [root.roles.freshness],
    knownKeys: knownKeys(root),
    name: 'freshness',
  })
  if (value.rootVersion > root.version)
    throw new RefusedDocument('root-missing', `freshness: it speaks of root ${value.rootVersion}, which is not here`)
  if (value.issued > now + MAX_CLOCK_AHEAD)
    throw new RefusedDocument('issued-in-future', 'freshness: dated in the future')
  if (value.expires <= value.issued || value.expires - value.issued > MAX_FRESHNESS_LIFETIME)
    throw new RefusedDocument('lifetime-too-long', 'freshness: it must last at most 7 days')
  // honest statements hand the time on: one of a stolen freshness key would keep everybody's door open for ever
  if (value.joinsUntil > value.issued + MAX_INVITATION_LIFETIME + MAX_CLOCK_AHEAD)
    throw new RefusedDocument('lifetime-too-long', 'freshness: nobody is expected for longer than an invitation lasts')
  return { signed: { document: signed.document, signatures }, value }
}
