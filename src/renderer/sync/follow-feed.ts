import type { EngineClient } from '../../shared/contract/engine.ts'
import { isLanyardError } from '../../shared/errors.ts'
import type { CacheDatabase } from '../db/schema.ts'
import { applyPage } from './apply-page.ts'

export interface FeedFollower {
  /** Resolves once the cache has caught up for the first time. */
  readonly caughtUp: Promise<void>
  stop(): void
}

export interface FollowFeedInit {
  readonly engine: EngineClient
  readonly cache: CacheDatabase
  /** Told of failures other than the end of the connection. */
  onFailure(error: unknown): void
}

/** Pulls what has changed into the cache, and again whenever the engine says that there is more; one pull at a time. */
export const followFeed = ({ engine, cache, onFailure }: FollowFeedInit): FeedFollower => {
  let stopped = false
  let running: Promise<void> | undefined
  let isWantedAgain = false

  const pull = async (): Promise<void> => {
    do {
      isWantedAgain = false
      let more = true
      while (more && !stopped) {
        const known = await cache.state.get('cursor')
        const page = await engine.call('feed.pull', { after: known?.cursor ?? null })
        if (!stopped) await applyPage(cache, page)
        more = page.more
      }
    } while (isWantedAgain && !stopped)
  }
  const advance = (): Promise<void> => {
    isWantedAgain = true
    running ??= pull()
      .catch((error: unknown) => {
        if (!stopped && !(isLanyardError(error) && error.code === 'port-closed')) onFailure(error)
      })
      .finally(() => {
        running = undefined
      })
    return running
  }

  const unsubscribe = engine.on('feed.advanced', () => void advance())
  return {
    caughtUp: advance(),
    stop() {
      stopped = true
      unsubscribe()
    },
  }
}
