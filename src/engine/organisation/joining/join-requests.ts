import type { CryptoProvider, DeviceKeys } from '../../../crypto/index.ts'
import type { JoinRequest } from '../../../shared/contract/entities.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { Changes } from '../../administration/changes.ts'
import type { Staged } from '../../administration/staged.ts'
import { createEmitter } from '../../emitter.ts'
import type { Store } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { AdminKey } from '../keys/admin-key.ts'
import type { Membership } from '../list/membership.ts'
import { createJoinAnswers, type JoinAnswers } from './join-answers.ts'
import { createJoinDecisions, type JoinDecisions } from './join-decisions.ts'
import { createExamination } from './join-examination.ts'
import { countWaitingRequests, findRequestRow } from './join-request-rows.ts'
import { createJoinReview, type JoinReview } from './join-review.ts'
import { createOpenLines } from './open-lines.ts'
import { createRequestNotices } from './request-notices.ts'
import { createWaitingRequests } from './waiting-requests.ts'

/** Joining seen from a member's device: every one carries requests, an administrator's answers them. */
export interface JoinRequests extends JoinAnswers, JoinReview, Omit<JoinDecisions, 'receive'> {
  find(id: string): JoinRequest | null
  /** Those that wait for a decision, the one that has waited longest first. */
  waiting(): JoinRequest[]
  countWaiting(): number
  /** A device that did not wait before waits for a person's decision. */
  onAsked(listener: (request: JoinRequest) => void): () => void
  /** Whether the device has asked here before: it may come back for its answer. */
  isKnown(device: DeviceId): boolean
  /** Requests were closed elsewhere: whoever is on the line hears of it. */
  noteDecisions(): void
}

export interface JoinRequestsInit {
  store: Store
  provider: CryptoProvider
  keys: Pick<DeviceKeys, 'sig'>
  membership: Membership
  adminKey: Pick<AdminKey, 'isHeld' | 'isUnlocked'>
  notices: NoticeBoard
  changes: Pick<Changes, 'letIn'>
  staged: Pick<Staged, 'isLetIn' | 'dropLetIn'>
  now(): number
  log: Log
}

export const createJoinRequests = (init: JoinRequestsInit): JoinRequests => {
  const { store, notices } = init
  const lines = createOpenLines()
  const examination = createExamination(init)
  const requestNotices = createRequestNotices(notices)
  const waiting = createWaitingRequests({ ...init, lines })
  const asked = createEmitter<JoinRequest>()
  const { receive, ...decisions } = createJoinDecisions({
    ...init,
    requestNotices,
    waiting,
    lines,
    onAsked: row => asked.emit(waiting.show(row)),
  })

  return {
    ...createJoinAnswers({ ...init, examination, receive, lines }),
    ...createJoinReview({ ...init, requestNotices, examination, receive, lines }),
    ...decisions,
    find: waiting.find,
    waiting: waiting.all,
    countWaiting: () => countWaitingRequests(store),
    onAsked: asked.on,
    isKnown: device =>
      findRequestRow(store, device) !== undefined ||
      notices.ofKind('join-request').some(({ request }) => request.device.id === device),
    noteDecisions: lines.decided,
  }
}
