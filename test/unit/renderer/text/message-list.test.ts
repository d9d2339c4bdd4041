import { describe, expect, test } from 'vitest'
import { type ListRow, listRows, type MessageRow } from '../../../../src/renderer/text/message-list.ts'
import type { Message } from '../../../../src/shared/contract/entities.ts'
import type { ConversationId, MessageId, MessageOrder, PersonId } from '../../../../src/shared/ids.ts'

const alice = 'a1'.repeat(16) as PersonId
const bob = 'b0'.repeat(16) as PersonId
const MINUTE = 60_000
/** Noon, so that minutes around it are on the same day everywhere. */
const noon = new Date(2026, 4, 12, 12).getTime()

const written = (author: PersonId, minutes: number, change: Partial<Message> = {}): Message => {
  const sentAt = noon + minutes * MINUTE
  const order = (sentAt.toString(16).padStart(12, '0') + '0'.repeat(20)) as MessageOrder
  return {
    id: `${author.slice(0, 2)} ${minutes}` as MessageId,
    conversationId: 'c0'.repeat(16) as ConversationId,
    author,
    order,
    sentAt,
    storedAt: sentAt,
    text: 'Good morning',
    state: author === alice ? 'delivered' : 'received',
    failure: null,
    ...change,
  }
}

const rowsOf = (messages: Message[], change: Partial<Parameters<typeof listRows>[0]> = {}) =>
  listRows({ messages, self: alice, unread: null, reachesStart: false, ...change })

const bubbles = (rows: readonly ListRow[]) => rows.filter((row): row is MessageRow => row.kind === 'message')
const joined = (rows: readonly ListRow[]) => bubbles(rows).map(row => [row.joinsPrevious, row.joinsNext])

describe('bubbles join', () => {
  test('when Bob writes again in less than five minutes', () => {
    expect(joined(rowsOf([written(bob, 0), written(bob, 4.9)]))).toEqual([
      [false, true],
      [true, false],
    ])
  })
  test('not after five minutes, nor when Alice answers', () => {
    expect(joined(rowsOf([written(bob, 0), written(bob, 5), written(alice, 5.1)]))).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ])
  })
  test('not across midnight', () => {
    const rows = rowsOf([written(bob, 719), written(bob, 721)])
    expect(joined(rows)).toEqual([
      [false, false],
      [false, false],
    ])
  })
  test('not across the words below a failed message', () => {
    const rows = rowsOf([written(alice, 0, { state: 'failed', failure: 'disk-full' }), written(alice, 1)])
    expect(joined(rows)).toEqual([
      [false, false],
      [false, false],
    ])
  })
})

describe('days', () => {
  test('each day has one separator before its first message', () => {
    const rows = rowsOf([written(bob, -1440), written(bob, 0), written(bob, 1)], { reachesStart: true })
    expect(rows.map(({ kind }) => kind)).toEqual(['start', 'day', 'message', 'day', 'message', 'message'])
  })
  test('in the middle of a conversation the first row claims no day', () => {
    expect(rowsOf([written(bob, 0)]).map(({ kind }) => kind)).toEqual(['message'])
  })
  test('an empty conversation shows its beginning', () => {
    expect(rowsOf([], { reachesStart: true }).map(({ kind }) => kind)).toEqual(['start'])
  })
})

describe('what is new', () => {
  const read = written(bob, 0)
  test('is marked before the first message after the last read one', () => {
    const rows = rowsOf([read, written(bob, 1), written(bob, 2)], { unread: { readUpTo: read.order, count: 2 } })
    expect(rows.map(({ kind }) => kind)).toEqual(['message', 'unread', 'message', 'message'])
    expect(joined(rows)[1]).toEqual([false, true])
  })
  test('shares the separator of a day that begins with it', () => {
    const rows = rowsOf([written(bob, -1440), read], {
      unread: { readUpTo: written(bob, -1440).order, count: 1 },
    })
    expect(rows.map(({ kind }) => kind)).toEqual(['message', 'day', 'message'])
    expect(rows[1]).toMatchObject({ unread: 1 })
  })
  test('does not begin with what Alice wrote herself', () => {
    const rows = rowsOf([read, written(alice, 1), written(bob, 2)], { unread: { readUpTo: read.order, count: 1 } })
    expect(rows.map(({ kind }) => kind)).toEqual(['message', 'message', 'unread', 'message'])
  })
})

test('only the last waiting message says in words that it waits; every failed one says why', () => {
  const rows = rowsOf([
    written(alice, 0, { state: 'failed', failure: 'removed' }),
    written(alice, 1, { state: 'queued' }),
    written(alice, 2, { state: 'queued' }),
  ])
  expect(bubbles(rows).map(row => row.hasStateWords)).toEqual([true, false, true])
})
