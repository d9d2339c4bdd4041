import { listStatus, type TrustedState } from '../../../org/index.ts'
import { LanyardError } from '../../../shared/errors.ts'
import { MAX_FRESHNESS_LIFETIME } from '../../../shared/limits.ts'
import type { Log } from '../../../shared/log.ts'
import { createEmitter } from '../../emitter.ts'
import { readMeta, writeMeta } from '../../storage/documents.ts'
import type { Store } from '../../storage/store.ts'
import type { Membership } from './membership.ts'

const DAY = 86_400_000

/** Milliseconds: what a clock may gain by being set back between two commits, and no commit for each list. */
const WRITTEN_EVERY = 60_000

/** Milliseconds: the longest that a timer of the platform can wait. */
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * How long this device goes on without word of an administrator. When the lease is over, messages stay closed until
 * there is fresh news; nothing is erased, and the organisation's documents are still taken in.
 */
export interface Lease {
  /** Milliseconds since 1970, as things stand; null where the policy sets none. */
  endsAt(): number | null
  isOver(): boolean
  /** Throws `lease-over`. */
  assertLasts(): void
  /** Looks at the clock, and remembers how far it has come. */
  look(): Promise<void>
  /** After it has ended, or has begun anew. */
  onChanged(listener: () => void): () => void
  stop(): Promise<void>
}

export interface LeaseInit {
  store: Store
  membership: Pick<Membership, 'trusted' | 'onChanged' | 'self'>
  now(): number
  /** Milliseconds that passed, whatever the clock says; of this process unless given. */
  elapsed?: () => number
  log: Log
}

/** When an administrator's word came last, as their documents say. */
const lastWord = ({ list, freshness }: TrustedState): number =>
  Math.max(list.header.issued, freshness?.value.issued ?? 0)

/** A word that there is a newer list vouches for none; it is heard nevertheless, so that the lease runs from there. */
const freshUntil = (trusted: TrustedState): number => {
  const until = listStatus(trusted, 0).freshUntil
  return until > 0 ? until : Math.max(trusted.list.header.issued + MAX_FRESHNESS_LIFETIME, lastWord(trusted))
}

export const createLease = (init: LeaseInit): Lease => {
  const { store, membership, now, elapsed = () => performance.now(), log } = init
  const changed = createEmitter()
  /** A clock that is set back gives no more time: from the highest that was seen on, what passes is counted without it. */
  let written = Number(readMeta(store, 'latest-time') ?? 0)
  let highest = Math.max(written, now())
  let highestAt = elapsed()
  let heard = lastWord(membership.trusted())
  let timer: NodeJS.Timeout | undefined

  const time = () => Math.max(now(), highest + elapsed() - highestAt)
  const endsAt = () => {
    const trusted = membership.trusted()
    const days = trusted.policy.value.offlineLeaseDays
    return days === null ? null : freshUntil(trusted) + days * DAY
  }
  const isOver = () => {
    const end = endsAt()
    return end !== null && time() >= end
  }
  let wasOver = isOver()

  const remember = async () => {
    highest = Math.round(time())
    highestAt = elapsed()
    if (Math.abs(highest - written) < WRITTEN_EVERY) return
    written = highest
    await store.write(tx => writeMeta(tx, 'latest-time', String(written)))
  }

  const failed = (error: unknown) => log.warn({ error }, 'the end of the lease could not be noted')

  const judge = () => {
    clearTimeout(timer)
    const end = endsAt()
    if (end !== null && end > time()) {
      timer = setTimeout(judge, Math.min(end - time(), LONGEST_TIMER))
      timer.unref()
    }
    if (isOver() === wasOver) return
    wasOver = isOver()
    log.info({ isOver: wasOver, endsAt: end }, 'the lease has changed')
    // the caches of the clients are told to look: what they may hold is another thing now
    store.write(tx => tx.markChanged('person', membership.self.personId)).catch(failed)
    changed.emit()
  }
  judge()

  const stopListening = membership.onChanged(() => {
    const word = lastWord(membership.trusted())
    // only the present can say something new: a clock that was ahead once does not lock for ever
    if (word > heard) {
      highest = now()
      highestAt = elapsed()
    }
    heard = Math.max(heard, word)
    remember().catch(failed)
    judge()
  })

  return {
    endsAt,
    isOver,
    assertLasts() {
      if (isOver())
        throw new LanyardError('lease-over', 'No administrator has been heard of for longer than the policy allows')
    },
    async look() {
      await remember()
      judge()
    },
    onChanged: changed.on,
    async stop() {
      clearTimeout(timer)
      stopListening()
      await remember()
    },
  }
}
