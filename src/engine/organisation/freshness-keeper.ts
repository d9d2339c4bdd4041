import type { CryptoProvider } from '../../crypto/index.ts'
import { issueFreshness, type TrustedState } from '../../org/index.ts'
import type { Log } from '../../shared/log.ts'
import { readDocument } from '../storage/documents.ts'
import type { Store } from '../storage/store.ts'
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
  now(): number
  log: Log
}

const isDue = ({ freshness, list }: TrustedState, now: number) =>
  freshness === null ||
  freshness.value.listVersion < list.header.version ||
  now - freshness.value.issued >= FRESHNESS_EVERY

export const createFreshnessKeeper = (init: FreshnessKeeperInit): FreshnessKeeper => {
  const { store, provider, membership, now, log } = init
  return {
    async keep() {
      const seed = readDocument(store, 'freshness-seed')
      if (seed === undefined || !membership.isMember() || !isDue(membership.trusted(), now())) return false
      const result = await membership.change(trusted =>
        issueFreshness(provider, trusted, seed, now(), { joinsUntil: 0 }),
      )
      seed.fill(0)
      if (result.kind === 'refused') log.warn({ reason: result.reason }, 'no new freshness statement could be made')
      return result.kind === 'updated'
    },
  }
}
