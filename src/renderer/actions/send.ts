import Dexie from 'dexie'
import type { EngineClient } from '../../shared/contract/engine.ts'
import type { Message } from '../../shared/contract/entities.ts'
import { type ErrorCode, isLanyardError } from '../../shared/errors.ts'
import { type ConversationId, type MessageOrder, newMessageId, type PersonId } from '../../shared/ids.ts'
import type { CacheDatabase } from '../db/schema.ts'

type Call = EngineClient['call']

/** Hex digits of a place in a conversation; engine places begin with a time and so never with these. */
const LOCAL_MARK = 'ffffffff'
const ORDER_DIGITS = 32

/** The place of a message that the engine has not answered for yet: after everything else, by time. */
export const localOrder = (now: number): MessageOrder =>
  (LOCAL_MARK + now.toString(16).padStart(ORDER_DIGITS - LOCAL_MARK.length, '0')) as MessageOrder

/** Whether a message exists in this cache only, because the engine has not answered for it yet. */
export const isLocal = ({ order }: Pick<Message, 'order'>): boolean => order.startsWith(LOCAL_MARK)

const codeOf = (error: unknown): ErrorCode => (isLanyardError(error) ? error.code : 'internal')

/** Hands a message that is in the cache to the engine; its answer, or the failure, replaces the row. */
const handOver = async (call: Call, cache: CacheDatabase, message: Message): Promise<void> => {
  const { id, conversationId, text } = message
  try {
    const { message: stored } = await call('message.send', { id, conversationId, text })
    await cache.messages.put(stored)
  } catch (error) {
    const code = codeOf(error)
    // The row stays as queued: it is handed over again with the same id when the connection is back.
    if (code === 'port-closed' || code === 'timeout') return
    await cache.messages.update(id, { state: 'failed', failure: code })
  }
}

export interface NewMessage {
  readonly conversationId: ConversationId
  readonly author: PersonId
  readonly text: string
}

/** Puts the message on screen at once as queued, then gives it to the engine. Resolves when it is on screen. */
export const sendMessage = async (call: Call, cache: CacheDatabase, draft: NewMessage): Promise<void> => {
  const now = Date.now()
  const message: Message = {
    ...draft,
    id: newMessageId(now, crypto.getRandomValues(new Uint8Array(10))),
    order: localOrder(now),
    sentAt: now,
    storedAt: now,
    state: 'queued',
    failure: null,
  }
  await cache.messages.put(message)
  void handOver(call, cache, message)
}

/** A message that failed before the engine had it is handed over again; one that failed later is written anew. */
export const retryMessage = async (call: Call, cache: CacheDatabase, message: Message): Promise<void> => {
  if (isLocal(message)) {
    const again: Message = { ...message, state: 'queued', failure: null }
    await cache.messages.put(again)
    return handOver(call, cache, again)
  }
  const { conversationId, author, text } = message
  await sendMessage(call, cache, { conversationId, author, text })
  await cancelMessage(call, cache, message)
}

/** Takes back a message that no other device has yet. Rejects with `message-unknown` or the engine's own reason. */
export const cancelMessage = async (call: Call, cache: CacheDatabase, message: Message): Promise<void> => {
  if (!isLocal(message)) await call('message.cancel', { id: message.id })
  await cache.messages.delete(message.id)
}

/** Hands over what an earlier page or connection left unanswered. The same id again is the same message. */
export const resendUnanswered = async (call: Call, cache: CacheDatabase): Promise<void> => {
  const conversations = await cache.conversations.toCollection().primaryKeys()
  for (const conversationId of conversations) {
    const rows = await cache.messages
      .where('[conversationId+order]')
      .between([conversationId, LOCAL_MARK], [conversationId, Dexie.maxKey])
      .toArray()
    for (const row of rows.filter(({ state }) => state === 'queued')) await handOver(call, cache, row)
  }
}
