import { type CryptoProvider, equalBytes, fromHex, toHex } from '../../crypto/index.ts'
import { encodeJoinAnswer, type JoinAnswer, joinFingerprint } from '../../org/index.ts'
import type { IncomingRequest } from '../../p2p/index.ts'
import type { JoinRequest } from '../../shared/contract/entities.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import type { Changes } from '../administration/changes.ts'
import type { Staged } from '../administration/staged.ts'
import type { Store, Transaction } from '../storage/store.ts'
import type { AdminKey } from './admin-key.ts'
import { closeInvitation, findInvitationRow } from './invitation-rows.ts'
import { createExamination } from './join-examination.ts'
import {
  closeRequestsOf,
  decideRequest,
  findRequestRow,
  type JoinRequestRow,
  saveRequest,
  waitingRequestRows,
} from './join-request-rows.ts'
import type { Membership } from './membership.ts'
import { createOpenLines } from './open-lines.ts'

/** What of a request was on the administrator's screen: whom it is for, and the words that were compared. */
export type SeenRequest = Pick<JoinRequest, 'id' | 'invitationId' | 'words'>

/** The administrator's side of joining: who asks, and the answer. */
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
}

export interface JoinRequestsInit {
  store: Store
  provider: CryptoProvider
  membership: Membership
  adminKey: Pick<AdminKey, 'isUnlocked'>
  changes: Pick<Changes, 'letIn'>
  staged: Pick<Staged, 'isLetIn'>
  now(): number
  log: Log
}

const changed = () => new LanyardError('request-changed', 'The device asks for something else by now')

export const createJoinRequests = (init: JoinRequestsInit): JoinRequests => {
  const { store, provider, membership, adminKey, changes, staged, now, log } = init
  const { decision, examine } = createExamination({ store, provider, membership, now })
  const lines = createOpenLines()

  const markWaiting = async (device: DeviceId) => {
    if (findRequestRow(store, device)?.state === 'waiting')
      await store.write(tx => tx.markChanged('joinRequest', device))
  }

  const consider = async (device: DeviceId, bytes: Uint8Array): Promise<JoinAnswer> => {
    const examined = examine(device, bytes)
    if (examined.kind === 'answer') return examined.answer
    await store.write(tx => saveRequest(tx, examined.row))
    log.info({ device, invitation: examined.row.invitation_id }, 'a device asks to join')
    if (membership.trusted().policy.value.approvesInvitations && adminKey.isUnlocked()) await approve(examined.row)
    return decision(device) ?? { kind: 'pending' }
  }

  const waitingRow = (device: DeviceId): JoinRequestRow => {
    const row = findRequestRow(store, device)
    if (row?.state !== 'waiting') throw new LanyardError('request-unknown', 'This device is not asking to join')
    return row
  }

  const toJoinRequest = (row: JoinRequestRow): JoinRequest => {
    const keys = { sig: fromHex(row.device_id), dh: new Uint8Array(row.dh) }
    return {
      id: row.device_id,
      invitationId: row.invitation_id,
      personId: row.person_id,
      name: row.name,
      title: row.title,
      department: row.department,
      deviceName: row.device_name,
      words: [...joinFingerprint(provider, membership.trusted().organisationId, keys)],
      requestedAt: row.requested_at,
      state: staged.isLetIn(row.device_id) ? 'approved' : 'waiting',
      isConnected: lines.isOpen(row.device_id),
    }
  }

  /**
   * Changes of the list wait for each other: meanwhile the invitation may have been used by another device or withdrawn,
   * and the device may have asked for something else than what was looked at.
   */
  const refuseChanged = (row: JoinRequestRow): void => {
    const current = waitingRow(row.device_id)
    if (current.invitation_id !== row.invitation_id || !equalBytes(current.dh, row.dh)) throw changed()
    const invitation = findInvitationRow(store, row.invitation_id)
    if (invitation !== undefined && invitation.state !== 'open')
      throw new LanyardError('request-unknown', 'This request does not stand any more')
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

  return {
    async *answer({ device, bytes, signal }) {
      const first = await consider(device, bytes)
      yield encodeJoinAnswer(first)
      if (first.kind !== 'pending') return
      lines.open(device)
      try {
        await markWaiting(device)
        let answer = decision(device)
        while (answer === undefined) {
          await lines.nextDecision(signal)
          answer = decision(device)
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
      waitingRow(device)
      await store.write(tx => decideRequest(tx, device, 'declined'))
      lines.decided()
    },
    find(id) {
      const row = findRequestRow(store, id)
      return row?.state === 'waiting' ? toJoinRequest(row) : null
    },
    waiting: () => waitingRequestRows(store).map(toJoinRequest),
    isKnown: device => findRequestRow(store, device) !== undefined,
    async noteNobodyAsks() {
      const waiting = waitingRequestRows(store)
      if (waiting.length === 0) return
      await store.write(tx => {
        for (const { device_id } of waiting) tx.markChanged('joinRequest', device_id)
      })
    },
    noteDecisions: lines.decided,
  }
}
