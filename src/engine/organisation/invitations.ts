import type { CryptoProvider, DeviceKeys } from '../../crypto/index.ts'
import { createInvitation, encodeInvitation, invitationIdOf } from '../../org/index.ts'
import type { Invitation } from '../../shared/contract/entities.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { InvitationId } from '../../shared/ids.ts'
import { createEmitter } from '../emitter.ts'
import type { Store } from '../storage/store.ts'
import type { AdminKey } from './admin-key.ts'
import { newPersonId } from './found.ts'
import {
  allInvitationRows,
  closeInvitation,
  findInvitationRow,
  hasOpenInvitation,
  insertInvitation,
  toInvitation,
} from './invitation-rows.ts'
import { closeRequestsOf } from './join-request-rows.ts'
import type { Membership } from './membership.ts'

export interface InvitationInput {
  name: string
  title: string
  department: string
  email: string
  phone: string
  /** Milliseconds from now. */
  lifetime: number
}

/** The administrator's invitations; all of them are kept, so that the list shows what became of each. */
export interface Invitations {
  /** Throws `not-admin`. */
  create(input: InvitationInput): Promise<{ id: InvitationId; link: string; expiresAt: number }>
  /** Also declines who asks with it. Throws `invitation-unknown`. */
  withdraw(id: InvitationId): Promise<void>
  find(id: string): Invitation | null
  all(): Invitation[]
  /** Whether a stranger may ask to join here at this moment. */
  isAnyOpen(): boolean
  /** Tells the caches which invitations have run out since the last time. */
  noteExpired(): Promise<void>
  onChanged(listener: () => void): () => void
}

export interface InvitationsInit {
  store: Store
  provider: CryptoProvider
  membership: Membership
  adminKey: AdminKey
  /** This device's, which sign its invitations. */
  keys: Pick<DeviceKeys, 'sig'>
  /** Own dialable multiaddrs, the likeliest first. */
  addresses(): readonly string[]
  now(): number
}

export const createInvitations = (init: InvitationsInit): Invitations => {
  const { store, provider, membership, adminKey, keys, addresses, now } = init
  const changed = createEmitter()
  let notedUntil = 0 // what ran out while the profile was closed is told at the first look

  return {
    async create({ lifetime, ...details }) {
      if (!adminKey.isHeld()) throw new LanyardError('not-admin', 'Only an administrator invites')
      const { self } = membership
      const trusted = membership.trusted()
      const createdAt = now()
      const invitation = createInvitation(
        provider,
        {
          ...details,
          organisation: trusted.organisationId,
          organisationName: trusted.root.name,
          personId: newPersonId(provider),
          via: [
            {
              device: self.deviceId,
              name: trusted.people.get(self.personId)?.name ?? trusted.root.name,
              addresses: addresses(),
            },
          ],
          issued: createdAt,
          expires: createdAt + lifetime,
        },
        keys.sig,
      )
      const id = invitationIdOf(provider, invitation.secret)
      const link = encodeInvitation(provider, invitation)
      await store.write(tx => {
        insertInvitation(tx, {
          ...details,
          id,
          person_id: invitation.personId,
          link,
          created_at: createdAt,
          expires_at: invitation.expires,
          state: 'open',
        })
        tx.markChanged('invitation', id)
      })
      changed.emit()
      return { id, link, expiresAt: invitation.expires }
    },
    async withdraw(id) {
      if (findInvitationRow(store, id)?.state !== 'open')
        throw new LanyardError('invitation-unknown', 'There is no such invitation that is still out')
      await store.write(tx => {
        closeInvitation(tx, id, 'withdrawn')
        closeRequestsOf(tx, id)
        tx.markChanged('invitation', id)
      })
      changed.emit()
    },
    find(id) {
      const row = findInvitationRow(store, id)
      return row === undefined ? null : toInvitation(row, now())
    },
    all: () => allInvitationRows(store).map(row => toInvitation(row, now())),
    isAnyOpen: () => adminKey.isHeld() && hasOpenInvitation(store, now()),
    async noteExpired() {
      const [from, to] = [notedUntil, now()]
      notedUntil = to
      const expired = allInvitationRows(store).filter(
        ({ state, expires_at }) => state === 'open' && expires_at > from && expires_at <= to,
      )
      if (expired.length === 0) return
      await store.write(tx => {
        for (const { id } of expired) tx.markChanged('invitation', id)
      })
      changed.emit()
    },
    onChanged: changed.on,
  }
}
