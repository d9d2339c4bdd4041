import { useCallback, useEffect, useRef } from 'react'
import type { ConversationId } from '../../shared/ids.ts'
import type { CacheDatabase } from '../db/schema.ts'
import { useCache } from '../session-context.tsx'

/** Milliseconds without a key until a draft is stored. */
const SETTLED = 300

const store = (cache: CacheDatabase, conversationId: ConversationId, text: string): void => {
  const written = text.trim() === '' ? cache.drafts.delete(conversationId) : cache.drafts.put({ conversationId, text })
  // A draft that cannot be written is still in the composer; the cache reports what is wrong with it by itself.
  Promise.resolve(written).catch(() => undefined)
}

/** Returns the function that keeps what is written and not sent: a moment after the last key, and on leaving. */
export const useDraft = (conversationId: ConversationId): ((text: string) => void) => {
  const cache = useCache()
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; text: string } | undefined>(undefined)

  const flush = useCallback(() => {
    const { current } = pending
    if (current === undefined) return
    clearTimeout(current.timer)
    pending.current = undefined
    store(cache, conversationId, current.text)
  }, [cache, conversationId])

  useEffect(() => {
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [flush])

  return useCallback(
    text => {
      if (pending.current !== undefined) clearTimeout(pending.current.timer)
      pending.current = { text, timer: setTimeout(flush, text === '' ? 0 : SETTLED) }
    },
    [flush],
  )
}
