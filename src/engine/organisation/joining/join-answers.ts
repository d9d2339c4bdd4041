import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  answerHail,
  encodeJoinAnswer,
  type JoinAnswer,
  type JoinRequest,
  noticeOfRequest,
  readHail,
} from '../../../org/index.ts'
import type { IncomingRequest } from '../../../p2p/index.ts'
import { isLanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import { MAX_REQUESTS_PER_INVITATION } from '../../../shared/limits.ts'
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
  notices: Pick<NoticeBoard, 'add' | 'find' | 'ofKind'>
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

  /**
   * Whether members carry it from here. Of what comes straight from devices the first four of an invitation are carried,
   * and one of each: earlier ones would take their places (see org's `selectNotices`), and whoever has a link could make
   * news for everybody without end, by asking a little earlier each time.
   */
  const carry = async ({ issuer, invitationId, device }: JoinRequest, bytes: Uint8Array): Promise<boolean> => {
    const withIt = notices
      .ofKind('join-request')
      .filter(({ request }) => request.issuer === issuer && request.invitationId === invitationId)
    if (withIt.some(({ request }) => request.device.id === device.id)) return true
    if (withIt.length >= MAX_REQUESTS_PER_INVITATION) return false
    const notice = noticeOfRequest(provider, bytes)
    await notices.add(notice.bytes)
    return notices.find(notice.id) !== undefined
  }

  /** Whoever may decide about a request gets it to see; nobody waits here for whom nothing is done. */
  const take = async (
    { request, row }: Extract<Examined, { kind: 'wait' }>,
    bytes: Uint8Array,
  ): Promise<JoinAnswer> => {
    const isCarried = await carry(request, bytes)
    // of others' invitations only what there is room to carry: a stolen device gives out as many as it likes
    if (!isCarried && findInvitationRow(store, request.invitationId) === undefined)
      return { kind: 'refused', code: 'invitation-used' }
    if (adminKey.isHeld()) await receive(row)
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
