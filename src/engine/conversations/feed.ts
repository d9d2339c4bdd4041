import type { Invitation, JoinRequest } from '../../shared/contract/entities.ts'
import type { Change, FeedCursor, FeedPage } from '../../shared/contract/feed.ts'
import { missingCase } from '../../shared/errors.ts'
import type { ConversationId, DeviceId, GroupId, InvitationId, MessageId, PersonId } from '../../shared/ids.ts'
import { FEED_PAGE, FEED_SNAPSHOT_AFTER } from '../../shared/limits.ts'
import { type ChangeRow, changesAfter, newestChange } from '../storage/change-feed.ts'
import type { Reader } from '../storage/statements.ts'
import { readConversation, readConversations } from './conversation-rows.ts'
import { readGroup, readGroups } from './group-rows.ts'
import { readMessage } from './message-rows.ts'
import { readPeople, readPerson } from './person-rows.ts'

/** The administrator's rows of the feed: their owner knows the clock and the connections that their state depends on. */
export interface AdminRows {
  invitation(id: string): Invitation | null
  invitations(): Invitation[]
  joinRequest(id: string): JoinRequest | null
  joinRequests(): JoinRequest[]
}

export interface FeedInit {
  store: Reader
  admin: AdminRows
  /** 16 bytes, lower-case hex: made with the profile, so that a cache of another profile is never taken for this one's. */
  epoch: string
  /** While it is, no conversation and no message goes out. */
  isLocked(): boolean
}

/** A cache of one state of the lock starts over in the other: nothing of messages stays in it, and nothing is missed. */
const epochWhileLocked = (epoch: string): string =>
  [...epoch].map(digit => (15 - Number.parseInt(digit, 16)).toString(16)).join('')

const isOpenWhileLocked = ({ kind }: { kind: ChangeRow['kind'] }): boolean =>
  kind !== 'conversation' && kind !== 'message'

/** What the caches of the clients pull; see `shared/contract/feed.ts`. */
export const createFeed = ({ store, admin, epoch: ownEpoch, isLocked }: FeedInit) => {
  const currentEpoch = () => (isLocked() ? epochWhileLocked(ownEpoch) : ownEpoch)

  const current = ({ kind, id }: ChangeRow): Change => {
    switch (kind) {
      case 'person':
        return { kind, id: id as PersonId, value: readPerson(store, id) }
      case 'group':
        return { kind, id: id as GroupId, value: readGroup(store, id) }
      case 'conversation':
        return { kind, id: id as ConversationId, value: readConversation(store, id as ConversationId) }
      case 'message':
        return { kind, id: id as MessageId, value: readMessage(store, id) }
      case 'joinRequest':
        return { kind, id: id as DeviceId, value: admin.joinRequest(id) }
      case 'invitation':
        return { kind, id: id as InvitationId, value: admin.invitation(id) }
      default:
        return missingCase(kind)
    }
  }

  const snapshot = (): FeedPage => ({
    snapshot: true,
    changes: [
      ...readPeople(store).map(value => ({ kind: 'person' as const, id: value.id, value })),
      ...readGroups(store).map(value => ({ kind: 'group' as const, id: value.id, value })),
      ...(isLocked() ? [] : readConversations(store)).map(value => ({
        kind: 'conversation' as const,
        id: value.id,
        value,
      })),
      ...admin.invitations().map(value => ({ kind: 'invitation' as const, id: value.id, value })),
      ...admin.joinRequests().map(value => ({ kind: 'joinRequest' as const, id: value.id, value })),
    ],
    cursor: { epoch: currentEpoch(), sequence: newestChange(store) },
    more: false,
  })

  return {
    /** The newest place in the sequence; `feed.advanced` carries it. */
    cursorAt: (sequence: number): FeedCursor => ({ epoch: currentEpoch(), sequence }),
    pull(after: FeedCursor | null): FeedPage {
      const newest = newestChange(store)
      const epoch = currentEpoch()
      // ahead of the sequence: the profile came back from an older copy
      if (after === null || after.epoch !== epoch || after.sequence > newest) return snapshot()
      if (newest - after.sequence > FEED_SNAPSHOT_AFTER) return snapshot()
      const rows = changesAfter(store, after.sequence, FEED_PAGE + 1)
      const page = rows.slice(0, FEED_PAGE)
      return {
        snapshot: false,
        changes: (isLocked() ? page.filter(isOpenWhileLocked) : page).map(current),
        cursor: { epoch, sequence: page.at(-1)?.sequence ?? after.sequence },
        more: rows.length > page.length,
      }
    },
  }
}

export type Feed = ReturnType<typeof createFeed>
