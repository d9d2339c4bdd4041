import type { CryptoProvider, DeviceKeys } from '../../../crypto/index.ts'
import { makeDecline, type NoticeOf } from '../../../org/index.ts'
import type { DeviceId, InvitationId } from '../../../shared/ids.ts'
import type { Store } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { AdminKey } from '../keys/admin-key.ts'
import type { Membership } from '../list/membership.ts'
import { findInvitationRow } from './invitation-rows.ts'
import type { Invitations } from './invitations.ts'

/**
 * What another administrator has said of an invitation that this device gave out, this device says as well. Their word ends
 * with their place on the list, this one's with the invitation itself; and it is the one whom a device that joins believes,
 * because its invitation names it.
 */
export interface RepeatedWords {
  /** After notices have come. */
  repeat(): Promise<void>
}

export interface RepeatedWordsInit {
  store: Store
  provider: CryptoProvider
  /** This device's, which sign its words. */
  keys: Pick<DeviceKeys, 'sig'>
  membership: Pick<Membership, 'self' | 'trusted'>
  adminKey: Pick<AdminKey, 'isHeld'>
  notices: Pick<NoticeBoard, 'add' | 'ofKind'>
  invitations: Pick<Invitations, 'withdraw'>
  now(): number
}

export const createRepeatedWords = (init: RepeatedWordsInit): RepeatedWords => {
  const { store, provider, keys, membership, adminKey, notices, invitations, now } = init
  /** Said since the start: what finds no room among the notices is not said again and again. */
  const said = new Set<string>()
  const matterOf = ({ invitationId, device }: Pick<NoticeOf<'decline'>, 'invitationId' | 'device'>) =>
    `${invitationId}${device}`

  const withdraw = async (id: InvitationId) => {
    if (findInvitationRow(store, id)?.state === 'open') await invitations.withdraw(id)
  }

  const decline = async (invitation: InvitationId, device: DeviceId) => {
    const until = findInvitationRow(store, invitation)?.expires_at ?? 0
    const issued = now()
    if (until <= issued) return
    const { organisationId: organisation } = membership.trusted()
    await notices.add(makeDecline(provider, { organisation, invitation, device, issued, until }, keys).bytes)
  }

  return {
    async repeat() {
      if (!adminKey.isHeld()) return
      const isOthers = ({ signer }: { readonly signer: DeviceId }) => signer !== membership.self.deviceId
      for (const { invitationId } of notices.ofKind('withdrawal').filter(isOthers)) await withdraw(invitationId)
      const declines = notices.ofKind('decline')
      for (const notice of declines) if (!isOthers(notice)) said.add(matterOf(notice))
      for (const notice of declines) {
        if (said.has(matterOf(notice))) continue
        said.add(matterOf(notice))
        await decline(notice.invitationId, notice.device)
      }
    },
  }
}
