import type { Table } from 'dexie'
import type { Message } from '../../shared/contract/entities.ts'
import type { Change, FeedPage } from '../../shared/contract/feed.ts'
import type { CacheDatabase } from '../db/schema.ts'
import { isWithin } from './loaded-range.ts'

type Kind = Change['kind']
type Of<K extends Kind> = Extract<Change, { kind: K }>

const clearRows = async (cache: CacheDatabase, isNewEpoch: boolean): Promise<void> => {
  const tables: Table[] = [
    cache.people,
    cache.groups,
    cache.conversations,
    cache.messages,
    cache.requests,
    cache.invitations,
  ]
  await Promise.all([...tables, cache.ranges, ...(isNewEpoch ? [cache.drafts] : [])].map(table => table.clear()))
}

/** The last word of a page about each row of one kind. */
const lastOf = <K extends Kind>(changes: readonly Change[], kind: K): Of<K>[] => {
  const ofKind = changes.filter((change): change is Of<K> => change.kind === kind)
  return [...new Map(ofKind.map(change => [change.id as string, change])).values()]
}

const applyRows = async <Row, Id extends string>(
  table: Table<Row, Id>,
  changes: readonly { id: Id; value: Row | null }[],
): Promise<void> => {
  const gone = changes.filter(({ value }) => value === null).map(({ id }) => id)
  const rows = changes.map(({ value }) => value).filter(value => value !== null)
  if (gone.length > 0) await table.bulkDelete(gone)
  if (rows.length > 0) await table.bulkPut(rows)
}

/** Only messages of the part of a conversation that is here without a gap are taken over; others are read by page. */
const wantedMessages = async (cache: CacheDatabase, changes: readonly Of<'message'>[]): Promise<Of<'message'>[]> => {
  const conversations = [...new Set(changes.flatMap(({ value }) => value?.conversationId ?? []))]
  const ranges = new Map((await cache.ranges.bulkGet(conversations)).map(range => [range?.conversationId, range]))
  const present = await cache.messages.bulkGet(changes.map(({ id }) => id))
  const isWanted = (value: Message, index: number) =>
    present[index] !== undefined || isWithin(ranges.get(value.conversationId), value.order)
  return changes.filter(({ value }, index) => value === null || isWanted(value, index))
}

/** Takes one page of the feed over in one transaction: either all of it and its cursor, or nothing. */
export const applyPage = (cache: CacheDatabase, page: FeedPage): Promise<void> =>
  cache.transaction('rw', cache.tables, async () => {
    const { changes, cursor, snapshot } = page
    if (snapshot) {
      const known = await cache.state.get('cursor')
      await clearRows(cache, known?.cursor.epoch !== cursor.epoch)
    }
    await applyRows(cache.people, lastOf(changes, 'person'))
    await applyRows(cache.groups, lastOf(changes, 'group'))
    await applyRows(cache.conversations, lastOf(changes, 'conversation'))
    await applyRows(cache.requests, lastOf(changes, 'joinRequest'))
    await applyRows(cache.invitations, lastOf(changes, 'invitation'))
    await applyRows(cache.messages, await wantedMessages(cache, lastOf(changes, 'message')))
    await cache.state.put({ name: 'cursor', cursor })
  })
