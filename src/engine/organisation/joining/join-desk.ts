import { type CryptoProvider, type DeviceKeys, equalBytes, fromHex, toHex } from '../../../crypto/index.ts'
import { administratorsWord, isInvitationUsed, joinFingerprint, makeDecline } from '../../../org/index.ts'
import type { JoinRequest } from '../../../shared/contract/entities.ts'
import { isLanyardError, LanyardError } from '../../../shared/errors.ts'
import type { DeviceId, InvitationId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { Changes } from '../../administration/changes.ts'
import type { Staged } from '../../administration/staged.ts'
import type { Store, Transaction } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { AdminKey } from '../keys/admin-key.ts'
import type { Membership } from '../list/membership.ts'
import { allOpenInvitations, closeInvitation, findInvitationRow } from './invitation-rows.ts'
import type { Examination, RequestKey } from './join-examination.ts'
import {
  closeRequestsOf,
  decideRequest,
  deleteRequest,
  findRequestRow,
  type JoinRequestRow,
  saveRequest,
  waitingRequestRows,
} from './join-request-rows.ts'
import type { OpenLines } from './open-lines.ts'

/** Milliseconds that a word of refusal goes around where nobody knows when the invitation runs out. */
const DECLINED_FOR = 30 * 86_400_000

/** What of a request was on the administrator's screen: whom it is for, and the words that were compared. */
export type SeenRequest = Pick<JoinRequest, 'id' | 'invitationId' | 'words'>

/** An administrator's side of joining: who asks, and the answer. */
export interface JoinDesk {
  /** Somebody asks, here or by way of colleagues; approved at once where the policy says so. */
  receive(row: JoinRequestRow): Promise<void>
  /**
   * Signs a new list with the device on it. Throws `request-unknown`, `not-admin`, `admin-locked`; `request-changed` where
   * the device asks for something else by now than the administrator looked at.
   */
  approve(seen: SeenRequest): Promise<void>
  /** Throws `request-unknown`. */
  decline(device: DeviceId): Promise<void>
  find(id: string): JoinRequest | null
  waiting(): JoinRequest[]
  /** Requests and words of other administrators that colleagues have brought. */
  takeNotices(): Promise<void>
  /** The list has changed: whoever is on it does not ask any more, and their invitation is used up. */
  onListChanged(): Promise<void>
}

export interface JoinDeskInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  membership: Membership
  adminKey: Pick<AdminKey, 'isHeld' | 'isUnlocked'>
  notices: NoticeBoard
  changes: Pick<Changes, 'letIn'>
  staged: Pick<Staged, 'isLetIn' | 'dropLetIn'>
  examination: Pick<Examination, 'decision' | 'rowFor'>
  lines: OpenLines
  now(): number
  log: Log
}

const changed = () => new LanyardError('request-changed', 'The device asks for something else by now')
const unknown = (message: string) => new LanyardError('request-unknown', message)

export const createJoinDesk = (init: JoinDeskInit): JoinDesk => {
  const { store, provider, keys, membership, adminKey, notices, changes, staged, lines, now, log } = init
  const { decision, rowFor } = init.examination

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

  const receive = async (row: JoinRequestRow) => {
    await store.write(tx => saveRequest(tx, row))
    log.info({ device: row.device_id, invitation: row.invitation_id }, 'a device asks to join')
    if (!approvesByItself(row)) return
    try {
      await approve(row)
    } catch (error) {
      // what the list does not take waits for a person to look at, and keeps nobody else waiting
      if (!isLanyardError(error)) throw error
      log.warn(
        { device: row.device_id, code: error.code, error: error.message },
        'a request was not approved by itself',
      )
    }
  }

  const waitingRow = (device: DeviceId): JoinRequestRow => {
    const row = findRequestRow(store, device)
    if (row?.state !== 'waiting') throw unknown('This device is not asking to join')
    return row
  }

  const toJoinRequest = (row: JoinRequestRow): JoinRequest => {
    const device = { sig: fromHex(row.device_id), dh: new Uint8Array(row.dh) }
    // who gets the device: a certificate may call somebody who is on the list by any name
    const { name, title, department } = membership.trusted().people.get(row.person_id) ?? row
    return {
      id: row.device_id,
      invitationId: row.invitation_id,
      personId: row.person_id,
      name,
      title,
      department,
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
    if (!stands || isUsed || administratorsWord(notices.all(), keyOf(row)) !== undefined)
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

  /** Approved once, and declined or over since: nobody signs them any more. */
  const dropDeclined = () => staged.dropLetIn(device => findRequestRow(store, device)?.state !== 'waiting')

  return {
    receive,
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
    async takeNotices() {
      lines.decided()
      if (!adminKey.isHeld()) return
      for (const { request } of notices.ofKind('join-request')) {
        const known = findRequestRow(store, request.device.id)
        if (known?.invitation_id === request.invitationId || decision(request) !== undefined) continue
        const row = rowFor(request)
        if (row !== undefined) await receive(row)
      }
      const waiting = waitingRequestRows(store)
      const declined = waiting.filter(row => administratorsWord(notices.all(), keyOf(row)) !== undefined)
      // of another administrator's invitation, which has run out or is worth nothing any more
      const over = waiting.filter(
        row =>
          !declined.includes(row) &&
          findInvitationRow(store, row.invitation_id) === undefined &&
          carriedRequest(row.device_id, row.invitation_id) === undefined,
      )
      if (declined.length + over.length > 0)
        await store.write(tx => {
          for (const { device_id } of declined) decideRequest(tx, device_id, 'declined')
          for (const { device_id } of over) deleteRequest(tx, device_id)
        })
      await dropDeclined()
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
      await dropDeclined()
      lines.decided()
    },
  }
}
