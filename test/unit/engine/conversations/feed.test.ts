import { expect, test } from 'vitest'
import { ensureConversation } from '../../../../src/engine/conversations/conversation-rows.ts'
import { type AdminRows, createFeed } from '../../../../src/engine/conversations/feed.ts'
import { insertMessage } from '../../../../src/engine/conversations/message-rows.ts'
import { readPage } from '../../../../src/engine/conversations/pages.ts'
import type { Store } from '../../../../src/engine/storage/store.ts'
import { feedPage } from '../../../../src/shared/contract/feed.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../../../src/shared/ids.ts'
import { FEED_PAGE } from '../../../../src/shared/limits.ts'
import { openTestStore } from '../../../helpers/test-store.ts'

const epoch = 'e'.repeat(32)
const bob = 'b0'.repeat(16) as PersonId
const withBob = 'cb'.repeat(16) as ConversationId
const noAdmin: AdminRows = {
  invitation: () => null,
  invitations: () => [],
  joinRequest: () => null,
  joinRequests: () => [],
}
const hex = (number: number) => number.toString(16).padStart(32, '0')

const openConversation = async (): Promise<Store> => {
  const store = openTestStore()
  await store.write(tx => {
    tx.run(
      `INSERT INTO people (id, name, title, department, email, phone, devices, is_admin, listed, last_seen_at)
       VALUES (?, 'Bob', '', '', '', '', 1, 0, 1, NULL)`,
      bob,
    )
    tx.markChanged('person', bob)
    ensureConversation(tx, { id: withBob, personId: bob, now: 1 })
  })
  return store
}

const receive = (store: Store, number: number) =>
  store.write(tx =>
    insertMessage(tx, {
      id: hex(number) as MessageId,
      conversationId: withBob,
      author: bob,
      order: hex(number) as MessageOrder,
      sentAt: number,
      storedAt: number,
      text: `Message ${number}`,
      state: 'received',
      failure: null,
    }),
  )

test('a new cache gets everything but the messages, and goes on from there', async () => {
  const store = await openConversation()
  const feed = createFeed({ store, admin: noAdmin, epoch, isLocked: () => false })
  const start = feedPage.parse(feed.pull(null))
  expect(start).toMatchObject({ snapshot: true, more: false, cursor: { epoch } })
  expect(start.changes.map(({ kind }) => kind)).toEqual(['person', 'conversation'])

  await receive(store, 1)
  const next = feedPage.parse(feed.pull(start.cursor))
  expect(next).toMatchObject({ snapshot: false, more: false })
  expect(next.changes).toMatchObject([{ kind: 'message', value: { text: 'Message 1' } }])
  expect(feed.pull(next.cursor)).toMatchObject({ changes: [], cursor: next.cursor, more: false })
})

test('a row that changed twice is told once, as it is now; one that is gone is told as null', async () => {
  const store = await openConversation()
  const feed = createFeed({ store, admin: noAdmin, epoch, isLocked: () => false })
  const { cursor } = feed.pull(null)
  await receive(store, 1)
  await receive(store, 2)
  await store.write(tx => {
    tx.run("UPDATE messages SET state = 'failed', failure = 'removed' WHERE id = ?", hex(1))
    tx.markChanged('message', hex(1))
  })
  await store.write(tx => {
    tx.run('DELETE FROM messages WHERE id = ?', hex(2))
    tx.markChanged('message', hex(2))
  })
  expect(feed.pull(cursor).changes).toMatchObject([
    { id: hex(1), value: { state: 'failed' } },
    { id: hex(2), value: null },
  ])
})

test('a long absence is caught up page by page, missing and repeating nothing', async () => {
  const store = await openConversation()
  const feed = createFeed({ store, admin: noAdmin, epoch, isLocked: () => false })
  let { cursor } = feed.pull(null)
  await Promise.all(Array.from({ length: FEED_PAGE + 20 }, (_, number) => receive(store, number + 1)))
  const seen: string[] = []
  for (;;) {
    const page = feed.pull(cursor)
    cursor = page.cursor
    seen.push(...page.changes.map(({ id }) => id))
    if (!page.more) break
  }
  expect(seen).toEqual(Array.from({ length: FEED_PAGE + 20 }, (_, number) => hex(number + 1)))
})

test('a cursor of another profile, or from after a restored copy, starts over', async () => {
  const store = await openConversation()
  const feed = createFeed({ store, admin: noAdmin, epoch, isLocked: () => false })
  expect(feed.pull({ epoch: 'f'.repeat(32), sequence: 1 }).snapshot).toBe(true)
  expect(feed.pull({ epoch, sequence: 1_000_000 }).snapshot).toBe(true)
})

test('while messages are locked none goes out, a cache is emptied of them, and afterwards it gets all of them', async () => {
  const store = await openConversation()
  const lock = { isLocked: false }
  const feed = createFeed({ store, admin: noAdmin, epoch, isLocked: () => lock.isLocked })
  const open = feed.pull(null)
  lock.isLocked = true
  const locked = feedPage.parse(feed.pull(open.cursor))
  expect(locked.snapshot).toBe(true)
  expect(locked.changes.map(({ kind }) => kind)).toEqual(['person'])

  await receive(store, 1)
  const next = feed.pull(locked.cursor)
  expect(next).toMatchObject({ snapshot: false, changes: [] })
  lock.isLocked = false
  const opened = feedPage.parse(feed.pull(next.cursor))
  expect(opened.snapshot).toBe(true)
  expect(opened.changes.map(({ kind }) => kind)).toEqual(['person', 'conversation'])
})

test('a conversation is read page by page backwards, whole and in order', async () => {
  const store = await openConversation()
  for (const number of [3, 1, 4, 2, 5]) await receive(store, number)
  const first = readPage(store, { conversationId: withBob, before: null, limit: 2 })
  expect(first).toMatchObject({ messages: [{ text: 'Message 5' }, { text: 'Message 4' }], more: true })
  const before = first.messages.at(-1)?.order ?? null
  expect(readPage(store, { conversationId: withBob, before, limit: 3 })).toMatchObject({
    messages: [{ text: 'Message 3' }, { text: 'Message 2' }, { text: 'Message 1' }],
    more: false,
  })
  const unknown = { conversationId: 'ff'.repeat(16) as ConversationId, before: null, limit: 2 }
  expect(() => readPage(store, unknown)).toThrowError(expect.objectContaining({ code: 'conversation-unknown' }))
})
