import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { NoticeId } from '../../shared/ids.ts'
import { createInTurn } from '../../shared/in-turn.ts'
import type { Log } from '../../shared/log.ts'
import { createEmitter } from '../emitter.ts'
import type { Store } from '../storage/store.ts'
import { deleteExpiredNotices, deleteNotice, insertNotice, markNoticeGone, readNotices } from './notice-rows.ts'

export type NoticeKind = 'join-request' | 'withdrawal' | 'decline' | 'key-offer'

/**
 * Notices of each kind that a device carries, 1,000 of 4 KiB in all. More requests wait in no organisation, and nobody
 * takes 144 new administrators at once; whoever steals an administrator's device can fill its kinds, but not the others.
 */
const MAX_OF_KIND: Readonly<Record<NoticeKind, number>> = {
  'join-request': 256,
  withdrawal: 300,
  decline: 300,
  'key-offer': 144,
}

/** Join requests with one invitation: one is usual, a second when somebody changes the machine. */
const MAX_REQUESTS_OF_INVITATION = 4

/** Notices looked at again without a pause: each costs up to three signatures. */
const REVIEWED_AT_ONCE = 32

/** What the board has to know of a notice; its content belongs to whoever asks for its kind. */
export interface BoardNotice {
  readonly id: NoticeId
  readonly kind: NoticeKind
  /** As they are signed and handed on. */
  readonly bytes: Uint8Array
  readonly expires: number
  /** Of a join request, else null. */
  readonly invitation: string | null
}

/** How the notices of this organisation are read and judged; pure, from src/org. */
export interface NoticeRules<Notice extends BoardNotice> {
  /** Throws `document-malformed`, `document-too-large`. */
  read(bytes: Uint8Array): Notice
  /** Whether it is real and in time, under the list in force. Throws LanyardError. */
  verify(notice: Notice): void
  /** Whether it makes the other pointless: a newer offer, a withdrawal of the invitation that was asked with. */
  supersedes(notice: Notice, other: Notice): boolean
}

/** Small signed statements that members carry for each other, so that they arrive though their author is away. */
export interface NoticeBoard<Notice extends BoardNotice = BoardNotice> {
  all(): readonly Notice[]
  ofKind<Kind extends Notice['kind']>(kind: Kind): readonly Extract<Notice, { kind: Kind }>[]
  find(id: NoticeId): Notice | undefined
  /** Whether it is here or was taken away: nobody needs to send it. */
  isKnown(id: NoticeId): boolean
  /**
   * Verifies, keeps durably, and spreads. `known` also where one that is here makes it pointless. Throws what reading and
   * verifying throw, and `bad-input` where there is no room for its kind.
   */
  add(bytes: Uint8Array): Promise<'added' | 'known'>
  /** The same for what a colleague handed over, in one commit; what is refused is left out and named. */
  addAll(notices: readonly Uint8Array[]): Promise<{ added: number; refused: readonly LanyardError[] }>
  /** Takes one away on this device, where it does not come back; colleagues keep theirs until it runs out. */
  remove(id: NoticeId): Promise<void>
  /** Looks at all of them again: the list has changed, or time has passed. */
  review(): Promise<void>
  /** After something was added or has gone, durably. */
  onChanged(listener: () => void): () => void
}

export interface NoticeBoardInit<Notice extends BoardNotice> {
  store: Store
  rules: NoticeRules<Notice>
  now(): number
  log: Log
}

export const createNoticeBoard = <Notice extends BoardNotice>(init: NoticeBoardInit<Notice>): NoticeBoard<Notice> => {
  const { store, rules, now, log } = init
  const changed = createEmitter()
  /** Changes one after the other; memory follows the disk. */
  const inTurn = createInTurn()
  const held = new Map<NoticeId, Notice>()
  /** Taken away by hand, until when they would have lasted. */
  const gone = new Map<NoticeId, number>()

  for (const { id, bytes, expires, is_gone } of readNotices(store)) {
    if (is_gone === 1) gone.set(id, expires)
    else held.set(id, rules.read(bytes))
  }

  const countOf = (accepts: (notice: Notice) => boolean) => [...held.values()].filter(accepts).length

  const assertRoom = ({ kind, invitation }: Notice) => {
    const isFull = countOf(other => other.kind === kind) >= MAX_OF_KIND[kind]
    if (isFull) throw new LanyardError('bad-input', `There is no room for another ${kind}`)
    if (kind !== 'join-request') return
    const asked = countOf(other => other.kind === kind && other.invitation === invitation)
    if (asked >= MAX_REQUESTS_OF_INVITATION)
      throw new LanyardError('bad-input', 'Too many devices ask with one invitation')
  }

  const drop = async (ids: readonly NoticeId[]) => {
    if (ids.length === 0) return
    await store.write(tx => {
      for (const id of ids) deleteNotice(tx, id)
    })
    for (const id of ids) held.delete(id)
  }

  /** Into memory at once, so that the next one of the same hand-over is judged by it; `undo` if the disk refuses. */
  const place = (bytes: Uint8Array) => {
    const notice = rules.read(bytes)
    if (held.has(notice.id) || gone.has(notice.id)) return undefined
    if ([...held.values()].some(other => rules.supersedes(other, notice))) return undefined
    rules.verify(notice)
    const replaced = [...held.values()].filter(other => rules.supersedes(notice, other))
    for (const { id } of replaced) held.delete(id)
    try {
      assertRoom(notice)
    } catch (error) {
      for (const other of replaced) held.set(other.id, other)
      throw error
    }
    held.set(notice.id, notice)
    return { notice, replaced }
  }

  const addAll = (notices: readonly Uint8Array[]) =>
    inTurn(async () => {
      const refused: LanyardError[] = []
      const before = new Map(held)
      const placed = notices.flatMap(bytes => {
        try {
          return place(bytes) ?? []
        } catch (error) {
          if (!isLanyardError(error)) throw error
          refused.push(error)
          return []
        }
      })
      if (placed.length === 0) return { added: 0, refused }
      try {
        await store.write(tx => {
          for (const { notice, replaced } of placed) {
            for (const { id } of replaced) deleteNotice(tx, id)
            insertNotice(tx, notice)
          }
        })
      } catch (error) {
        held.clear()
        for (const [id, notice] of before) held.set(id, notice)
        throw error
      }
      changed.emit()
      return { added: placed.length, refused }
    })

  const isStillReal = (notice: Notice) => {
    try {
      rules.verify(notice)
      return true
    } catch (error) {
      if (!isLanyardError(error)) throw error
      log.debug({ notice: notice.id, kind: notice.kind, code: error.code }, 'a notice has run out')
      return false
    }
  }

  const pause = () => new Promise<void>(resolve => setImmediate(resolve))

  return {
    all: () => [...held.values()],
    ofKind: <Kind extends Notice['kind']>(kind: Kind) =>
      [...held.values()].filter((notice): notice is Extract<Notice, { kind: Kind }> => notice.kind === kind),
    find: id => held.get(id),
    isKnown: id => held.has(id) || gone.has(id),
    async add(bytes) {
      const { added, refused } = await addAll([bytes])
      const [error] = refused
      if (error !== undefined) throw error
      return added > 0 ? 'added' : 'known'
    },
    addAll,
    remove: id =>
      inTurn(async () => {
        const notice = held.get(id)
        if (notice === undefined) return
        await store.write(tx => markNoticeGone(tx, id))
        held.delete(id)
        gone.set(id, notice.expires)
        changed.emit()
      }),
    review: () =>
      inTurn(async () => {
        const ended: NoticeId[] = []
        for (const [at, notice] of [...held.values()].entries()) {
          if (at % REVIEWED_AT_ONCE === REVIEWED_AT_ONCE - 1) await pause()
          if (!isStillReal(notice)) ended.push(notice.id)
        }
        await drop(ended)
        const time = now()
        const forgotten = [...gone].filter(([, expires]) => expires <= time)
        if (forgotten.length > 0) await store.write(tx => deleteExpiredNotices(tx, time))
        for (const [id] of forgotten) gone.delete(id)
        if (ended.length > 0) changed.emit()
      }),
    onChanged: changed.on,
  }
}
