import { type CryptoProvider, type DeviceKeys, equalBytes, toHex } from '../../../crypto/index.ts'
import { isInvitationUsed, makeDecline } from '../../../org/index.ts'
import type { JoinRequest } from '../../../shared/contract/entities.ts'
import { isLanyardError, LanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { Changes } from '../../administration/changes.ts'
import type { Store } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { AdminKey } from '../keys/admin-key.ts'
import type { Membership } from '../list/membership.ts'
import { closeInvitation, findInvitationRow } from './invitation-rows.ts'
import { decideRequest, findRequestRow, type JoinRequestRow, saveRequest } from './join-request-rows.ts'
import type { OpenLines } from './open-lines.ts'
import type { RequestNotices } from './request-notices.ts'
import type { WaitingRequests } from './waiting-requests.ts'

/** Milliseconds that a word of refusal goes around where nobody knows when the invitation runs out. */
const DECLINED_FOR = 30 * 86_400_000

/** What of a request was on the administrator's screen: whom it is for, and the words that were compared. */
export type SeenRequest = Pick<JoinRequest, 'id' | 'invitationId' | 'words'>

/** An administrator's yes or no to who asks. */
export interface JoinDecisions {
  /** Somebody asks, here or by way of colleagues; approved at once where the policy says so. */
  receive(row: JoinRequestRow): Promise<void>
  /**
   * Signs a new list with the device on it, or stages that where one signature is not enough. Throws `request-unknown`,
   * `not-admin`, `admin-locked`; `request-changed` where the device asks for something else by now than the
   * administrator looked at.
   */
  approve(seen: SeenRequest): Promise<void>
  /** Throws `request-unknown`. */
  decline(device: DeviceId): Promise<void>
}

export interface JoinDecisionsInit {
  store: Store
  provider: CryptoProvider
  /** This device's, which sign a word of refusal. */
  keys: Pick<DeviceKeys, 'sig'>
  membership: Pick<Membership, 'trusted'>
  adminKey: Pick<AdminKey, 'isUnlocked'>
  notices: Pick<NoticeBoard, 'add'>
  requestNotices: RequestNotices
  changes: Pick<Changes, 'letIn'>
  waiting: Pick<WaitingRequests, 'expect' | 'show'>
  lines: Pick<OpenLines, 'decided'>
  /** A request that was not there before waits for a person. */
  onAsked(row: JoinRequestRow): void
  now(): number
  log: Log
}

const changed = () => new LanyardError('request-changed', 'The device asks for something else by now')

export const createJoinDecisions = (init: JoinDecisionsInit): JoinDecisions => {
  const { store, provider, keys, membership, adminKey, notices, requestNotices, changes, waiting, lines } = init
  const { onAsked, now, log } = init

  /** Only for an invitation of this very device: one that was stolen, without its passphrase, must not let people in. */
  const approvesByItself = ({ invitation_id }: JoinRequestRow) => {
    const { policy, root } = membership.trusted()
    const isAllowed = policy.value.approvesInvitations && root.roles.contacts.threshold === 1
    return isAllowed && adminKey.isUnlocked() && findInvitationRow(store, invitation_id)?.state === 'open'
  }

  /**
   * Changes of the list wait for each other: meanwhile the invitation may have been used by another device or withdrawn, its
   * issuer may have gone, and the device may have asked for something else than what was looked at.
   */
  const refuseChanged = (row: JoinRequestRow): void => {
    const current = waiting.expect(row.device_id)
    if (current.invitation_id !== row.invitation_id || !equalBytes(current.dh, row.dh)) throw changed()
    const own = findInvitationRow(store, row.invitation_id)
    const stands = own === undefined ? requestNotices.carried(row) !== undefined : own.state === 'open'
    const isUsed = isInvitationUsed(membership.trusted(), row.invitation_id, row.device_id)
    if (!stands || isUsed || requestNotices.isEnded(row))
      throw new LanyardError('request-unknown', 'This request does not stand any more')
  }

  const letIn = async (row: JoinRequestRow) => {
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
          if (!isSigned) return tx.markChanged('joinRequest', row.device_id)
          decideRequest(tx, row.device_id, 'approved')
          closeInvitation(tx, row.invitation_id, 'used')
        },
      },
    )
    lines.decided()
  }

  return {
    async receive(row) {
      const known = findRequestRow(store, row.device_id)
      // a device that has lost its line asks again, and anybody could all day long
      if (known?.state !== 'waiting' || known.invitation_id !== row.invitation_id) {
        await store.write(tx => saveRequest(tx, row))
        log.info({ device: row.device_id, invitation: row.invitation_id }, 'a device asks to join')
      }
      // a device that waits already and comes with another invitation is no news to a person
      const tellPerson = () => {
        if (known?.state !== 'waiting') onAsked(row)
      }
      if (!approvesByItself(row)) return tellPerson()
      try {
        await letIn(row)
      } catch (error) {
        // what the list does not take waits for a person to look at, and keeps nobody else waiting
        if (!isLanyardError(error)) throw error
        log.warn(
          { device: row.device_id, code: error.code, error: error.message },
          'a request was not approved by itself',
        )
        tellPerson()
      }
    },
    async approve({ id, invitationId, words }) {
      const row = waiting.expect(id)
      const current = waiting.show(row)
      if (current.invitationId !== invitationId || current.words.join(' ') !== words.join(' ')) throw changed()
      await letIn(row)
    },
    async decline(device) {
      const row = waiting.expect(device)
      const { invitation_id: invitation } = row
      const { organisationId: organisation } = membership.trusted()
      const issued = now()
      const until =
        requestNotices.carried(row)?.until ?? findInvitationRow(store, invitation)?.expires_at ?? issued + DECLINED_FOR
      // with an invitation that has run out nobody is let in anywhere; the word goes first, so that none is declined
      // here alone, where nobody can say it again
      if (until > issued)
        await notices.add(makeDecline(provider, { organisation, invitation, device, issued, until }, keys).bytes)
      await store.write(tx => decideRequest(tx, device, 'declined'))
      lines.decided()
    },
  }
}
