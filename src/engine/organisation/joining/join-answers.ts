import type { CryptoProvider } from '../../../crypto/index.ts'
import { answerHail, encodeJoinAnswer, type JoinAnswer, noticeOfRequest, readHail } from '../../../org/index.ts'
import type { IncomingRequest } from '../../../p2p/index.ts'
import { isLanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Store } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { AdminKey } from '../keys/admin-key.ts'
import type { Membership } from '../list/membership.ts'
import { findInvitationRow } from './invitation-rows.ts'
import type { JoinDecisions } from './join-decisions.ts'
import type { Examination, Examined } from './join-examination.ts'
import { findRequestRow, waitingRequestRows } from './join-request-rows.ts'
import type { OpenLines } from './open-lines.ts'

/** What the device that asks is told, now and once there is a decision. */
export interface JoinAnswers {
  /** The answers to one request on /lanyard/join/1, over time. */
  answer(request: IncomingRequest): AsyncIterable<Uint8Array>
  /** After the profile was opened: nobody is on the line, whatever the caches were told before. */
  noteNobodyAsks(): Promise<void>
}

export interface JoinAnswersInit {
  store: Store
  provider: CryptoProvider
  membership: Pick<Membership, 'self' | 'trusted'>
  adminKey: Pick<AdminKey, 'isHeld'>
  notices: Pick<NoticeBoard, 'add' | 'find'>
  examination: Pick<Examination, 'decision' | 'examine'>
  receive: JoinDecisions['receive']
  lines: OpenLines
}

/** Undefined for what is no hail. */
const hailOf = (bytes: Uint8Array): Uint8Array | undefined => {
  try {
    return readHail(bytes)
  } catch (error) {
    if (isLanyardError(error)) return undefined
    throw error
  }
}

/** Caches show whether the device of a request is on the line. */
const markRequests = async (store: Store, devices: readonly DeviceId[]) => {
  const waiting = devices.filter(device => findRequestRow(store, device)?.state === 'waiting')
  if (waiting.length === 0) return
  await store.write(tx => {
    for (const device of waiting) tx.markChanged('joinRequest', device)
  })
}

export const createJoinAnswers = (init: JoinAnswersInit): JoinAnswers => {
  const { store, provider, membership, adminKey, notices, receive, lines } = init
  const { decision, examine } = init.examination

  /** Every member carries a request; whoever may decide about it gets it to see. */
  const take = async (
    { request, row }: Extract<Examined, { kind: 'wait' }>,
    bytes: Uint8Array,
  ): Promise<JoinAnswer> => {
    const notice = noticeOfRequest(provider, bytes)
    await notices.add(notice.bytes)
    // of others' invitations only what there is room to carry: a stolen device gives out as many as it likes
    const isForHere =
      notices.find(notice.id) !== undefined || findInvitationRow(store, request.invitationId) !== undefined
    if (adminKey.isHeld() && isForHere) await receive(row)
    return decision(request) ?? { kind: 'pending' }
  }

  const hailed = (asker: DeviceId, nonce: Uint8Array) => {
    const { organisationId: organisation } = membership.trusted()
    return answerHail(provider, { organisation, asker, answerer: membership.self.deviceId }, nonce)
  }

  return {
    async *answer({ device, bytes, signal }) {
      const nonce = hailOf(bytes)
      if (nonce !== undefined) return yield hailed(device, nonce)
      const examined = examine(device, bytes)
      const first = examined.kind === 'answer' ? examined.answer : await take(examined, bytes)
      yield encodeJoinAnswer(first)
      if (first.kind !== 'pending' || examined.kind === 'answer') return
      lines.open(device)
      try {
        await markRequests(store, [device])
        let answer = decision(examined.request)
        while (answer === undefined) {
          await lines.nextDecision(signal)
          answer = decision(examined.request)
        }
        yield encodeJoinAnswer(answer)
      } finally {
        lines.close(device)
        await markRequests(store, [device])
      }
    },
    noteNobodyAsks: () =>
      markRequests(
        store,
        waitingRequestRows(store).map(({ device_id }) => device_id),
      ),
  }
}
