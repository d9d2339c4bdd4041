import type { CryptoProvider } from '../../../crypto/index.ts'
import { issueFreshness, MAX_CLOCK_AHEAD, type TrustedState } from '../../../org/index.ts'
import type { Log } from '../../../shared/log.ts'
import { readDocument } from '../../storage/documents.ts'
import type { Store } from '../../storage/store.ts'
import type { Membership } from './membership.ts'

/** Milliseconds: a statement is good for 7 days; a new one each day leaves room for a weekend and a holiday. */
const FRESHNESS_EVERY = 86_400_000

export interface FreshnessKeeper {
  /** Vouches for the list where that is due and this device may; whether it did. */
  keep(): Promise<boolean>
}

export interface FreshnessKeeperInit {
  store: Store
  provider: CryptoProvider
  membership: Membership
  /** Until when one of this device's own invitations is open; 0 where none is. */
  expectsUntil(): number
  now(): number
  log: Log
}

/** Whoever is expected by other administrators stays expected; a time that has passed says nothing. */
const joinsUntil = ({ freshness }: TrustedState, own: number, now: number): number => {
  const until = Math.max(freshness?.value.joinsUntil ?? 0, own)
  return until > now ? until : 0
}

/** Whether an administrator, who was heard of lately, expects somebody: members' devices let strangers knock. */
export const joinsAreOpen = ({ freshness }: TrustedState, now: number): boolean =>
  freshness !== null && now < freshness.value.joinsUntil && now < freshness.value.expires

const isDue = (trusted: TrustedState, own: number, now: number): boolean => {
  const { freshness, list } = trusted
  if (freshness === null || freshness.value.listVersion < list.header.version) return true
  const isOld = now - freshness.value.issued >= FRESHNESS_EVERY
  // made while the clock was ahead, and taken by nobody; where the list is dated ahead too, the clock may be behind now
  const isAhead = freshness.value.issued > now + MAX_CLOCK_AHEAD && list.header.issued <= now + MAX_CLOCK_AHEAD
  return isOld || isAhead || joinsUntil(trusted, own, now) > freshness.value.joinsUntil
}

export const createFreshnessKeeper = (init: FreshnessKeeperInit): FreshnessKeeper => {
  const { store, provider, membership, expectsUntil, now, log } = init
  return {
    async keep() {
      const seed = readDocument(store, 'freshness-seed')
      if (seed === undefined || !membership.isMember() || !isDue(membership.trusted(), expectsUntil(), now()))
        return false
      const result = await membership.change(trusted =>
        issueFreshness(provider, trusted, seed, now(), { joinsUntil: joinsUntil(trusted, expectsUntil(), now()) }),
      )
      seed.fill(0)
      if (result.kind === 'refused') log.warn({ reason: result.reason }, 'no new freshness statement could be made')
      return result.kind === 'updated'
    },
  }
}
