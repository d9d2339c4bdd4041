import Dexie from 'dexie'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { ConversationId, MessageOrder } from '../../shared/ids.ts'
import { MESSAGE_PAGE } from '../../shared/limits.ts'
import type { CacheDatabase } from '../db/schema.ts'

type Call = EngineClient['call']

/** Asks the engine for the page before `before` (null: the newest) and extends the loaded range by it. */
const readPage = async (
  call: Call,
  cache: CacheDatabase,
  conversationId: ConversationId,
  before: MessageOrder | null,
): Promise<void> => {
  const { messages, more } = await call('message.page', { conversationId, before, limit: MESSAGE_PAGE })
  const oldest = messages.at(-1)?.order ?? before
  await cache.transaction('rw', cache.messages, cache.ranges, async () => {
    await cache.messages.bulkPut(messages)
    await cache.ranges.put({ conversationId, oldest, isComplete: !more })
  })
}

/** Sees to it that the newest messages of a conversation are in the cache. */
export const readNewest = async (call: Call, cache: CacheDatabase, conversationId: ConversationId): Promise<void> => {
  if ((await cache.ranges.get(conversationId)) === undefined) await readPage(call, cache, conversationId, null)
}

export interface OlderMessages {
  /** Where the window begins when `count` more messages are shown; null: at the very first message. */
  readonly from: MessageOrder | null
}

/** Sees to it that `count` messages before `before` are in the cache, as far as there are so many. */
export const readOlder = async (
  call: Call,
  cache: CacheDatabase,
  conversationId: ConversationId,
  before: MessageOrder,
  count: number,
): Promise<OlderMessages> => {
  const older = () =>
    cache.messages
      .where('[conversationId+order]')
      .between([conversationId, Dexie.minKey], [conversationId, before], true, false)
      .reverse()
      .limit(count)
      .toArray()
  let rows = await older()
  while (rows.length < count) {
    const range = await cache.ranges.get(conversationId)
    if (range === undefined || range.isComplete || range.oldest === null) return { from: null }
    await readPage(call, cache, conversationId, range.oldest)
    rows = await older()
  }
  return { from: rows.at(-1)?.order ?? null }
}
