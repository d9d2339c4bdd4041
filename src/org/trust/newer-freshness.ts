import type { CryptoProvider } from '../../crypto/index.ts'
import { signedHeader } from '../documents/contact-list.ts'
import { signedFreshness, verifyFreshness } from '../documents/freshness.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import type { SignedBytes } from '../documents/signed.ts'
import { MAX_CLOCK_AHEAD } from '../limits.ts'
import type { TrustedState } from './trusted.ts'

/** Takes over a statement that is newer than the one held; an older one is no offence, it only says nothing new. */
export const newerFreshness = (
  provider: CryptoProvider,
  trusted: TrustedState,
  signed: SignedBytes | null,
  now: number,
): TrustedState => {
  const held = trusted.freshness
  if (signed === null) return trusted
  const freshness = verifyFreshness(provider, trusted, signed, now)
  const { issued, rootVersion, listVersion, listHash, orderNumber } = freshness.value
  const { list } = trusted
  if (listVersion === list.header.version && listHash !== list.hash)
    throw new RefusedDocument('fork', `freshness: it names another contact list of version ${listVersion}`, {
      evidence: {
        document: 'freshness',
        version: listVersion,
        trusted: signedHeader.encode(list.signed),
        contradicting: signedFreshness.encode(freshness.signed),
        noticedAt: now,
      },
    })
  if (held === null) return { ...trusted, freshness }
  // one that was made here while the clock was ahead: nobody takes it, and it must not stand in the way until then
  const isHeldAhead = held.value.issued > now + MAX_CLOCK_AHEAD
  if (issued <= held.value.issued && !isHeldAhead) return trusted
  // TUF 5.4.3 (rollback): later in time, but lower in what it has seen
  if (
    rootVersion < held.value.rootVersion ||
    listVersion < held.value.listVersion ||
    orderNumber < held.value.orderNumber
  )
    throw new RefusedDocument('rollback', 'freshness: a later statement knows less than an earlier one')
  return { ...trusted, freshness }
}
