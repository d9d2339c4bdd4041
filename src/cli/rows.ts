import type { EngineClient, EngineOutput } from '../shared/contract/engine.ts'
import type { Group, Invitation, JoinRequest, Person } from '../shared/contract/entities.ts'
import type { FeedCursor } from '../shared/contract/feed.ts'

/** What caches are told, taken over once. */
export interface Rows {
  readonly people: readonly Person[]
  readonly groups: readonly Group[]
  readonly invitations: readonly Invitation[]
  readonly joinRequests: readonly JoinRequest[]
}

const inOrder = <T extends { name: string; id: string }>(rows: Map<string, T>): T[] =>
  [...rows.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))

/** Everybody and everything on the list, and what waits for an administrator; by name. */
export const readRows = async (engine: EngineClient): Promise<Rows> => {
  const people = new Map<string, Person>()
  const groups = new Map<string, Group>()
  const invitations = new Map<string, Invitation>()
  const joinRequests = new Map<string, JoinRequest>()
  const put = <T>(rows: Map<string, T>, id: string, value: T | null) => {
    if (value === null) rows.delete(id)
    else rows.set(id, value)
  }
  let cursor: FeedCursor | null = null
  let isMore = true
  while (isMore) {
    const page: EngineOutput<'feed.pull'> = await engine.call('feed.pull', { after: cursor })
    for (const change of page.changes) {
      if (change.kind === 'person') put(people, change.id, change.value?.listed ? change.value : null)
      else if (change.kind === 'group') put(groups, change.id, change.value)
      else if (change.kind === 'invitation') put(invitations, change.id, change.value)
      else if (change.kind === 'joinRequest') put(joinRequests, change.id, change.value)
    }
    cursor = page.cursor
    isMore = page.more
  }
  return {
    people: inOrder(people),
    groups: inOrder(groups),
    invitations: inOrder(invitations),
    joinRequests: inOrder(joinRequests),
  }
}
