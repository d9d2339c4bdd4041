import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  type Notice,
  type NoticeKind,
  type NoticeOf,
  readNotice,
  selectNotices,
  verifyNotice,
} from '../../../org/index.ts'
import { isLanyardError, type LanyardError } from '../../../shared/errors.ts'
import type { NoticeId } from '../../../shared/ids.ts'
import { createInTurn } from '../../../shared/in-turn.ts'
import type { Log } from '../../../shared/log.ts'
import { createEmitter } from '../../emitter.ts'
import type { Store } from '../../storage/store.ts'
import type { Membership } from '../list/membership.ts'
import { deleteExpiredNotices, deleteNotice, insertNotice, markNoticeGone, readNotices } from './notice-rows.ts'

/** Notices verified without a pause: each costs up to three signatures. */
const VERIFIED_AT_ONCE = 32

/** Small signed statements that members carry for each other, so that they arrive though their author is away. */
export interface NoticeBoard {
  all(): readonly Notice[]
  ofKind<Kind extends NoticeKind>(kind: Kind): readonly NoticeOf<Kind>[]
  find(id: NoticeId): Notice | undefined
  /** Whether it is here or was taken away: nobody needs to send it. */
  isKnown(id: NoticeId): boolean
  /**
   * Verifies, keeps durably, and spreads. `known` also where another one counts in its place, or there is no room for it
   * (see org's `selectNotices`). Throws what reading and verifying throw.
   */
  add(bytes: Uint8Array): Promise<'added' | 'known'>
  /** The same for what a colleague or a file hands over, in one commit; what is refused is left out and named. */
  addAll(notices: readonly Uint8Array[]): Promise<{ added: readonly Notice[]; refused: readonly LanyardError[] }>
  /** Takes one away on this device, where it does not come back; colleagues keep theirs until it runs out. */
  remove(id: NoticeId): Promise<void>
  /** Looks at all of them again: the list has changed, or time has passed. */
  review(): Promise<void>
  /** After something was added or has gone, durably. */
  onChanged(listener: () => void): () => void
}

export interface NoticeBoardInit {
  store: Store
  provider: CryptoProvider
  membership: Pick<Membership, 'trusted'>
  now(): number
  log: Log
}

const pause = () => new Promise<void>(resolve => setImmediate(resolve))

export const createNoticeBoard = ({ store, provider, membership, now, log }: NoticeBoardInit): NoticeBoard => {
  const changed = createEmitter()
  /** One change after the other; memory follows the disk. */
  const inTurn = createInTurn()
  const held = new Map<NoticeId, Notice>()
  /** Taken away by hand, until when they would have lasted. */
  const gone = new Map<NoticeId, number>()

  for (const { id, bytes, expires, is_gone } of readNotices(store)) {
    if (is_gone === 1) gone.set(id, expires)
    else held.set(id, readNotice(provider, bytes))
  }

  const isKnown = (id: NoticeId) => held.has(id) || gone.has(id)
  const verify = (notice: Notice) => verifyNotice(provider, membership.trusted(), notice, now())

  /** Keeps these and no others. */
  const keep = async (selected: readonly Notice[]) => {
    const ids = new Set(selected.map(({ id }) => id))
    const dropped = [...held.keys()].filter(id => !ids.has(id))
    const added = selected.filter(({ id }) => !held.has(id))
    if (dropped.length === 0 && added.length === 0) return added
    await store.write(tx => {
      for (const id of dropped) deleteNotice(tx, id)
      for (const notice of added) insertNotice(tx, notice)
    })
    for (const id of dropped) held.delete(id)
    for (const notice of added) held.set(notice.id, notice)
    changed.emit()
    return added
  }

  /** Those that pass, and the refusals of the others. */
  const sift = async <T>(candidates: readonly T[], noticeOf: (candidate: T) => Notice) => {
    const passed: Notice[] = []
    const refused: LanyardError[] = []
    for (const [at, candidate] of candidates.entries()) {
      if (at % VERIFIED_AT_ONCE === VERIFIED_AT_ONCE - 1) await pause()
      try {
        const notice = noticeOf(candidate)
        if (!isKnown(notice.id) || held.get(notice.id) === notice) verify(notice)
        passed.push(notice)
      } catch (error) {
        if (!isLanyardError(error)) throw error
        refused.push(error)
      }
    }
    return { passed, refused }
  }

  const addAll: NoticeBoard['addAll'] = notices =>
    inTurn(async () => {
      const { passed, refused } = await sift(notices, bytes => readNotice(provider, bytes))
      const fresh = passed.filter(({ id }) => !isKnown(id))
      const added = fresh.length === 0 ? [] : await keep(selectNotices([...held.values(), ...fresh]))
      return { added, refused }
    })

  return {
    all: () => [...held.values()],
    ofKind: <Kind extends NoticeKind>(kind: Kind) =>
      [...held.values()].filter((notice): notice is NoticeOf<Kind> => notice.kind === kind),
    find: id => held.get(id),
    isKnown,
    async add(bytes) {
      const { added, refused } = await addAll([bytes])
      const [error] = refused
      if (error !== undefined) throw error
      return added.length > 0 ? 'added' : 'known'
    },
    addAll,
    remove: id =>
      inTurn(async () => {
        const notice = held.get(id)
        if (notice === undefined) return
        await store.write(tx => markNoticeGone(tx, id))
        held.delete(id)
        gone.set(id, notice.until)
        changed.emit()
      }),
    review: () =>
      inTurn(async () => {
        const { passed, refused } = await sift([...held.values()], notice => notice)
        for (const { code, message } of refused) log.debug({ code, message }, 'a notice is over')
        await keep(selectNotices(passed))
        const time = now()
        const forgotten = [...gone].filter(([, until]) => until <= time)
        if (forgotten.length === 0) return
        await store.write(tx => deleteExpiredNotices(tx, time))
        for (const [id] of forgotten) gone.delete(id)
      }),
    onChanged: changed.on,
  }
}
