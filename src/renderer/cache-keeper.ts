import type { EngineClient } from '../shared/contract/engine.ts'
import type { Status } from '../shared/contract/entities.ts'
import { isLanyardError } from '../shared/errors.ts'
import { resendUnanswered } from './actions/send.ts'
import { openCache } from './db/open-cache.ts'
import type { CacheDatabase } from './db/schema.ts'
import { type FeedFollower, followFeed } from './sync/follow-feed.ts'

export interface CacheKeeperInit {
  onChange(change: { cache: CacheDatabase | null }): void
  onBug(error: unknown): void
}

export interface CacheKeeper {
  /** Opens the cache when the profile is open, closes it when it is not, and follows this engine's feed. */
  follow(engine: EngineClient, status: Status): void
  /** Stops following; what is in the cache stays on screen. */
  pause(): void
}

export const createCacheKeeper = ({ onChange, onBug }: CacheKeeperInit): CacheKeeper => {
  let cache: CacheDatabase | undefined
  let follower: FeedFollower | undefined
  let followed: EngineClient | undefined
  /** Openings and closings happen one after the other, in the order in which they were asked for. */
  let work: Promise<void> = Promise.resolve()

  const pause = () => {
    follower?.stop()
    follower = undefined
    followed = undefined
  }
  const close = () => {
    pause()
    cache?.close()
    cache = undefined
    onChange({ cache: null })
  }
  const rebuild = (engine: EngineClient, unreadable: CacheDatabase) => {
    if (cache !== unreadable) return
    close()
    enqueue(() => unreadable.delete().then(() => open(engine)))
  }
  const open = async (engine: EngineClient): Promise<void> => {
    if (cache === undefined) {
      const { key } = await engine.call('profile.cacheKey', {})
      const opened: CacheDatabase = await openCache(key, () => rebuild(engine, opened))
      cache = opened
      onChange({ cache: opened })
    }
    const current = cache
    follower = followFeed({ engine, cache: current, onFailure: onBug })
    await follower.caughtUp
    await resendUnanswered(engine.call, current)
  }
  const enqueue = (step: () => Promise<void>) => {
    work = work.then(step).catch((error: unknown) => {
      pause()
      if (!isLanyardError(error) || (error.code !== 'port-closed' && error.code !== 'profile-locked')) onBug(error)
    })
  }

  return {
    follow(engine, status) {
      if (status.profile.state === 'open') {
        if (followed === engine) return
        pause()
        followed = engine
        enqueue(() => open(engine))
      } else if (cache !== undefined || followed !== undefined) {
        enqueue(() => Promise.resolve(close()))
        followed = undefined
      }
    },
    pause,
  }
}
