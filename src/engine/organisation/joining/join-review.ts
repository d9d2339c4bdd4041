import type { DeviceId } from '../../../shared/ids.ts'
import type { Staged } from '../../administration/staged.ts'
import type { Store } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { AdminKey } from '../keys/admin-key.ts'
import type { Membership } from '../list/membership.ts'
import { allOpenInvitations, closeInvitation, findInvitationRow } from './invitation-rows.ts'
import type { JoinDecisions } from './join-decisions.ts'
import type { Examination } from './join-examination.ts'
import {
  decideRequest,
  deleteRequest,
  findRequestRow,
  type JoinRequestRow,
  waitingRequestRows,
} from './join-request-rows.ts'
import type { OpenLines } from './open-lines.ts'
import type { RequestNotices } from './request-notices.ts'

/** What others do to the requests that wait here: colleagues bring some, other administrators and new lists end some. */
export interface JoinReview {
  /** Requests and words of other administrators that colleagues have brought. */
  takeNotices(): Promise<void>
  /** The list has changed: whoever is on it does not ask any more, and their invitation is used up. */
  onListChanged(): Promise<void>
}

export interface JoinReviewInit {
  store: Store
  membership: Pick<Membership, 'trusted'>
  adminKey: Pick<AdminKey, 'isHeld'>
  notices: Pick<NoticeBoard, 'ofKind'>
  requestNotices: RequestNotices
  staged: Pick<Staged, 'dropLetIn'>
  examination: Pick<Examination, 'decision' | 'rowFor'>
  receive: JoinDecisions['receive']
  lines: Pick<OpenLines, 'decided'>
}

export const createJoinReview = (init: JoinReviewInit): JoinReview => {
  const { store, membership, adminKey, notices, requestNotices, staged, examination, receive, lines } = init

  /** Of each device the request that it made last: with two invitations it would jump to and fro. */
  const lastCarried = () => {
    const last = new Map<DeviceId, { row: JoinRequestRow; requestedAt: number }>()
    for (const { request } of notices.ofKind('join-request')) {
      const { device, requestedAt } = request
      const row = examination.decision(request) === undefined ? examination.rowFor(request) : undefined
      if (row !== undefined && requestedAt >= (last.get(device.id)?.requestedAt ?? 0))
        last.set(device.id, { row, requestedAt })
    }
    return [...last.values()].map(({ row }) => row)
  }

  const receiveCarried = async () => {
    for (const row of lastCarried())
      if (findRequestRow(store, row.device_id)?.invitation_id !== row.invitation_id) await receive(row)
  }

  const endRequests = async () => {
    const waiting = waitingRequestRows(store)
    const declined = waiting.filter(requestNotices.isEnded)
    // of another administrator's invitation, which has run out or is worth nothing any more
    const over = waiting.filter(
      row =>
        !declined.includes(row) &&
        findInvitationRow(store, row.invitation_id) === undefined &&
        requestNotices.carried(row) === undefined,
    )
    if (declined.length + over.length === 0) return
    await store.write(tx => {
      for (const { device_id } of declined) decideRequest(tx, device_id, 'declined')
      for (const { device_id } of over) deleteRequest(tx, device_id)
    })
  }

  /** Those whom the list names have got what they asked for, and nobody else gets in by what they came with. */
  const settleJoined = async () => {
    const { devices, tombstones } = membership.trusted()
    const joined = waitingRequestRows(store).filter(({ device_id }) => devices.has(device_id))
    const open = allOpenInvitations(store)
    if (joined.length + open.length === 0) return
    const cameBy = new Set([...tombstones.values()].map(({ invitation }) => invitation))
    for (const { device } of devices.values()) cameBy.add(device.invitation)
    const usedUp = new Set(open.filter(id => cameBy.has(id)))
    for (const { invitation_id } of joined) usedUp.add(invitation_id)
    await store.write(tx => {
      for (const { device_id } of joined) decideRequest(tx, device_id, 'approved')
      for (const id of usedUp) closeInvitation(tx, id, 'used')
    })
  }

  /** Approved once, and declined or over since: nobody signs them any more. */
  const dropDeclined = () => staged.dropLetIn(device => findRequestRow(store, device)?.state !== 'waiting')

  return {
    async takeNotices() {
      lines.decided()
      if (!adminKey.isHeld()) return
      await receiveCarried()
      await endRequests()
      await dropDeclined()
    },
    async onListChanged() {
      await settleJoined()
      await dropDeclined()
      lines.decided()
    },
  }
}
