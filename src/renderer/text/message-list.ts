import type { Message } from '../../shared/contract/entities.ts'
import type { MessageOrder, PersonId } from '../../shared/ids.ts'
import { isSameDay } from './dates.ts'

/** Milliseconds: a bubble joins the one before when the sender is the same and less than this passed. */
const JOIN_WITHIN = 5 * 60_000

export interface MessageRow {
  readonly kind: 'message'
  readonly key: string
  readonly message: Message
  readonly isOwn: boolean
  readonly joinsPrevious: boolean
  readonly joinsNext: boolean
  /** Waiting states get words under the last bubble that waits in that state. */
  readonly hasStateWords: boolean
}

export interface DayRow {
  readonly kind: 'day'
  readonly key: string
  readonly time: number
  /** Messages that are new and begin with this day; 0 for none. */
  readonly unread: number
}

export interface UnreadRow {
  readonly kind: 'unread'
  readonly key: string
  readonly unread: number
}

/** Above the very first message. */
export interface StartRow {
  readonly kind: 'start'
  readonly key: string
}

export type ListRow = MessageRow | DayRow | UnreadRow | StartRow

export interface UnreadMark {
  /** The last message that was read when the conversation was opened; null when none was. */
  readonly readUpTo: MessageOrder | null
  readonly count: number
}

const joins = (earlier: Message | undefined, later: Message | undefined): boolean =>
  earlier !== undefined &&
  later !== undefined &&
  earlier.author === later.author &&
  later.sentAt - earlier.sentAt < JOIN_WITHIN &&
  isSameDay(earlier.sentAt, later.sentAt)

const isWaiting = ({ state }: Message): boolean => state === 'queued' || state === 'held'

const firstUnread = (messages: readonly Message[], self: PersonId, unread: UnreadMark | null): number => {
  if (unread === null || unread.count === 0) return -1
  const { readUpTo } = unread
  return messages.findIndex(({ author, order }) => author !== self && (readUpTo === null || order > readUpTo))
}

export interface ListRowsInit {
  /** Oldest first. */
  readonly messages: readonly Message[]
  readonly self: PersonId
  readonly unread: UnreadMark | null
  /** Whether the first message is the very first of the conversation: only then its day is sure to begin there. */
  readonly reachesStart: boolean
}

/** The rows of a conversation, oldest first: messages, days, and the mark before what is new. */
export const listRows = ({ messages, self, unread, reachesStart }: ListRowsInit): readonly ListRow[] => {
  const rows: ListRow[] = reachesStart ? [{ kind: 'start', key: 'start' }] : []
  const newAt = firstUnread(messages, self, unread)
  const lastWaiting = messages.findLastIndex(message => message.author === self && isWaiting(message))
  messages.forEach((message, index) => {
    const previous = messages[index - 1]
    const next = messages[index + 1]
    const isNewDay = previous === undefined ? reachesStart : !isSameDay(previous.sentAt, message.sentAt)
    const isFirstNew = index === newAt
    if (isNewDay)
      rows.push({
        kind: 'day',
        key: `day ${message.id}`,
        time: message.sentAt,
        unread: isFirstNew ? (unread?.count ?? 0) : 0,
      })
    else if (isFirstNew) rows.push({ kind: 'unread', key: 'unread', unread: unread?.count ?? 0 })
    const hasStateWords = message.state === 'failed' || index === lastWaiting
    const wordsBefore = previous?.state === 'failed' || index - 1 === lastWaiting
    rows.push({
      kind: 'message',
      key: message.id,
      message,
      isOwn: message.author === self,
      joinsPrevious: !isFirstNew && !(wordsBefore && index > 0) && joins(previous, message),
      joinsNext: index + 1 !== newAt && !hasStateWords && joins(message, next),
      hasStateWords,
    })
  })
  return rows
}
