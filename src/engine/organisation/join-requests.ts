import type { DeviceKeys } from '../../crypto/index.ts'
import { type CryptoProvider, equalBytes, fromHex, toHex } from '../../crypto/index.ts'
import {
  answerHail,
  encodeJoinAnswer,
  isInvitationUsed,
  joinFingerprint,
  makeDecline,
  noticedAnswer,
  noticeOfRequest,
  readHail,
} from '../../org/index.ts'
import type { IncomingRequest } from '../../p2p/index.ts'
import type { JoinRequest } from '../../shared/contract/entities.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { DeviceId, InvitationId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import type { Changes } from '../administration/changes.ts'
import type { Staged } from '../administration/staged.ts'
import type { Store, Transaction } from '../storage/store.ts'
import type { AdminKey } from './admin-key.ts'
import { allOpenInvitations, closeInvitation, findInvitationRow } from './invitation-rows.ts'
import { createExamination, type Examined, type RequestKey } from './join-examination.ts'
import {
  closeRequestsOf,
  decideRequest,
  deleteRequest,
  findRequestRow,
  type JoinRequestRow,
  saveRequest,
  waitingRequestRows,
} from './join-request-rows.ts'
import type { Membership } from './membership.ts'
import type { NoticeBoard } from './notice-board.ts'
import { createOpenLines } from './open-lines.ts'

/** Milliseconds that a word of refusal goes around where nobody knows when the invitation runs out. */
const DECLINED_FOR = 30 * 86_400_000

/** What of a request was on the administrator's screen: whom it is for, and the words that were compared. */
export type SeenRequest = Pick<JoinRequest, 'id' | 'invitationId' | 'words'>

/** Joining seen from a member's device: every one carries requests, an administrator's answers them. */
export interface JoinRequests {
  /** The answers to one request on /lanyard/join/1, over time. */
  answer(request: IncomingRequest): AsyncIterable<Uint8Array>
  /**
   * Signs a new list with the device on it. Throws `request-unknown`, `not-admin`, `admin-locked`; `request-changed` where
   * the device asks for something else by now than the administrator looked at.
   */
  approve(seen: SeenRequest): Promise<void>
  /** Throws `request-unknown`. */
  decline(device: DeviceId): Promise<void>
  find(id: string): JoinRequest | null
  waiting(): JoinRequest[]
  /** Whether the device has asked here before: it may come back for its answer. */
  isKnown(device: DeviceId): boolean
  /** After the profile was opened: nobody is on the line, whatever the caches were told before. */
  noteNobodyAsks(): Promise<void>
  /** Requests were closed elsewhere: whoever is on the line hears of it. */
  noteDecisions(): void
  /** Requests and words of other administrators that colleagues have brought. */
  takeNotices(): Promise<void>
  /** The list has changed: whoever is on it does not ask any more, and their invitation is used up. */
  onListChanged(): Promise<void>
}

export interface JoinRequestsInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  membership: Membership
  adminKey: Pick<AdminKey, 'isHeld' | 'isUnlocked'>
  notices: NoticeBoard
  changes: Pick<Changes, 'letIn'>
  staged: Pick<Staged, 'isLetIn'>
  now(): number
  log: Log
}

const changed = () => new LanyardError('request-changed', 'The device asks for something else by now')
const unknown = (message: string) => new LanyardError('request-unknown', message)

export const createJoinRequests = (init: JoinRequestsInit): JoinRequests => {
  const { store, provider, keys, membership, adminKey, notices, changes, staged, now, log } = init
  const { decision, examine, rowFor } = createExamination({ store, provider, membership, notices, now })
  const lines = createOpenLines()

  const markWaiting = async (device: DeviceId) => {
    if (findRequestRow(store, device)?.state === 'waiting')
      await store.write(tx => tx.markChanged('joinRequest', device))
  }

  const keyOf = ({ device_id, invitation_id }: JoinRequestRow): RequestKey => {
    const sig = fromHex(device_id)
    return { invitationId: invitation_id, device: { id: device_id, sig, dh: sig, name: '' } }
  }

  const carriedRequest = (device: DeviceId, invitation: InvitationId) =>
    notices
      .ofKind('join-request')
      .find(({ request }) => request.device.id === device && request.invitationId === invitation)

  /** Only for an invitation of this very device: one that was stolen, without its passphrase, must not let people in. */
  const approvesByItself = ({ invitation_id }: JoinRequestRow) => {
    const { policy, root } = membership.trusted()
    const isAllowed = policy.value.approvesInvitations && root.roles.contacts.threshold === 1
    return isAllowed && adminKey.isUnlocked() && findInvitationRow(store, invitation_id)?.state === 'open'
  }

  const keepRow = async (row: JoinRequestRow) => {
    await store.write(tx => saveRequest(tx, row))
    log.info({ device: row.device_id, invitation: row.invitation_id }, 'a device asks to join')
    if (approvesByItself(row)) await approve(row)
  }

  const take = async ({ request, row }: Extract<Examined, { kind: 'wait' }>, bytes: Uint8Array) => {
    await notices.add(noticeOfRequest(provider, bytes).bytes)
    if (adminKey.isHeld()) await keepRow(row)
    return decision(request) ?? { kind: 'pending' as const }
  }

  const waitingRow = (device: DeviceId): JoinRequestRow => {
    const row = findRequestRow(store, device)
    if (row?.state !== 'waiting') throw unknown('This device is not asking to join')
    return row
  }

  const toJoinRequest = (row: JoinRequestRow): JoinRequest => {
    const device = { sig: fromHex(row.device_id), dh: new Uint8Array(row.dh) }
    return {
      id: row.device_id,
      invitationId: row.invitation_id,
      personId: row.person_id,
      name: row.name,
      title: row.title,
      department: row.department,
      deviceName: row.device_name,
      words: [...joinFingerprint(provider, membership.trusted().organisationId, device)],
      requestedAt: row.requested_at,
      state: staged.isLetIn(row.device_id) ? 'approved' : 'waiting',
      isConnected: lines.isOpen(row.device_id),
    }
  }

  /**
   * Changes of the list wait for each other: meanwhile the invitation may have been used by another device or withdrawn, its
   * issuer may have gone, and the device may have asked for something else than what was looked at.
   */
  const refuseChanged = (row: JoinRequestRow): void => {
    const current = waitingRow(row.device_id)
    if (current.invitation_id !== row.invitation_id || !equalBytes(current.dh, row.dh)) throw changed()
    const own = findInvitationRow(store, row.invitation_id)
    const stands =
      own === undefined ? carriedRequest(row.device_id, row.invitation_id) !== undefined : own.state === 'open'
    const isUsed = isInvitationUsed(membership.trusted(), row.invitation_id, row.device_id)
    if (!stands || isUsed || noticedAnswer(notices.all(), keyOf(row)) !== null)
      throw unknown('This request does not stand any more')
  }

  /** The list names the device: its invitation is used up, and whoever else asks with it is declined. */
  const settle = (
    tx: Transaction,
    { device_id, invitation_id }: Pick<JoinRequestRow, 'device_id' | 'invitation_id'>,
  ) => {
    decideRequest(tx, device_id, 'approved')
    closeInvitation(tx, invitation_id, 'used')
    closeRequestsOf(tx, invitation_id)
    tx.markChanged('invitation', invitation_id)
  }

  const approve = async (row: JoinRequestRow) => {
    await changes.letIn(
      {
        kind: 'add-device',
        personId: row.person_id,
        name: row.name,
        title: row.title,
        department: row.department,
        email: row.email,
        phone: row.phone,
        deviceId: row.device_id,
        dh: toHex(row.dh),
        deviceName: row.device_name,
        addedAt: now(),
        invitation: row.invitation_id,
      },
      {
        check: () => refuseChanged(row),
        also(tx, isSigned) {
          if (isSigned) settle(tx, row)
          else tx.markChanged('joinRequest', row.device_id)
        },
      },
    )
    lines.decided()
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

  return {
    async *answer({ device, bytes, signal }) {
      const nonce = hailOf(bytes)
      if (nonce !== undefined) {
        const organisation = membership.trusted().organisationId
        yield answerHail(provider, { organisation, asker: device, answerer: membership.self.deviceId }, nonce)
        return
      }
      const examined = examine(device, bytes)
      const first = examined.kind === 'answer' ? examined.answer : await take(examined, bytes)
      yield encodeJoinAnswer(first)
      if (first.kind !== 'pending' || examined.kind === 'answer') return
      lines.open(device)
      try {
        await markWaiting(device)
        let answer = decision(examined.request)
        while (answer === undefined) {
          await lines.nextDecision(signal)
          answer = decision(examined.request)
        }
        yield encodeJoinAnswer(answer)
      } finally {
        lines.close(device)
        await markWaiting(device)
      }
    },
    async approve({ id, invitationId, words }) {
      const row = waitingRow(id)
      const current = toJoinRequest(row)
      if (current.invitationId !== invitationId || current.words.join(' ') !== words.join(' ')) throw changed()
      await approve(row)
    },
    async decline(device) {
      const { invitation_id: invitation } = waitingRow(device)
      const issued = now()
      const carried = carriedRequest(device, invitation)
      const until = carried?.until ?? findInvitationRow(store, invitation)?.expires_at ?? issued + DECLINED_FOR
      await store.write(tx => decideRequest(tx, device, 'declined'))
      const { organisationId: organisation } = membership.trusted()
      if (until > issued)
        await notices.add(makeDecline(provider, { organisation, invitation, device, issued, until }, keys).bytes)
      lines.decided()
    },
    find(id) {
      const row = findRequestRow(store, id)
      return row?.state === 'waiting' ? toJoinRequest(row) : null
    },
    waiting: () => waitingRequestRows(store).map(toJoinRequest),
    isKnown: device =>
      findRequestRow(store, device) !== undefined ||
      notices.ofKind('join-request').some(({ request }) => request.device.id === device),
    async noteNobodyAsks() {
      const waiting = waitingRequestRows(store)
      if (waiting.length === 0) return
      await store.write(tx => {
        for (const { device_id } of waiting) tx.markChanged('joinRequest', device_id)
      })
    },
    noteDecisions: lines.decided,
    async takeNotices() {
      lines.decided()
      if (!adminKey.isHeld()) return
      for (const { request } of notices.ofKind('join-request')) {
        const known = findRequestRow(store, request.device.id)
        if (known?.invitation_id === request.invitationId || decision(request) !== undefined) continue
        const row = rowFor(request)
        if (row !== undefined) await keepRow(row)
      }
      const waiting = waitingRequestRows(store)
      const declined = waiting.filter(row => noticedAnswer(notices.all(), keyOf(row)) !== null)
      // of another administrator's invitation, which has run out or is worth nothing any more
      const over = waiting.filter(
        row =>
          !declined.includes(row) &&
          findInvitationRow(store, row.invitation_id) === undefined &&
          carriedRequest(row.device_id, row.invitation_id) === undefined,
      )
      if (declined.length + over.length === 0) return
      await store.write(tx => {
        for (const { device_id } of declined) decideRequest(tx, device_id, 'declined')
        for (const { device_id } of over) deleteRequest(tx, device_id)
      })
    },
    async onListChanged() {
      const { devices, tombstones } = membership.trusted()
      const joined = waitingRequestRows(store).filter(({ device_id }) => devices.has(device_id))
      const open = allOpenInvitations(store)
      if (joined.length + open.length > 0) {
        const used = new Set(
          [...[...devices.values()].map(({ device }) => device), ...tombstones.values()].map(each => each.invitation),
        )
        const usedUp = open.filter(id => used.has(id))
        await store.write(tx => {
          for (const row of joined) settle(tx, row)
          for (const id of usedUp) {
            closeInvitation(tx, id, 'used')
            closeRequestsOf(tx, id)
            tx.markChanged('invitation', id)
          }
        })
      }
      lines.decided()
    },
  }
}
