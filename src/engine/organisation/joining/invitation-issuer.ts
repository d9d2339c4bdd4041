import { type CryptoProvider, createSigner, type DeviceKeys } from '../../../crypto/index.ts'
import { createInvitation, encodeInvitation, invitationIdOfKey } from '../../../org/index.ts'
import type { PersonId } from '../../../shared/ids.ts'
import type { Membership } from '../list/membership.ts'
import type { InvitationRow } from './invitation-rows.ts'

/** What an invitation says of a person. */
export interface Invited {
  name: string
  title: string
  department: string
  email: string
  phone: string
}

/**
 * Makes one invitation, signed by this device and open; nothing is kept of it. `lifetime`: milliseconds from now. Throws
 * `bad-input` where the details are too long for a link.
 */
export type IssueInvitation = (person: Invited & { personId: PersonId }, lifetime: number) => InvitationRow

export interface InvitationIssuerInit {
  provider: CryptoProvider
  membership: Pick<Membership, 'self' | 'trusted'>
  /** This device's, which sign its invitations. */
  keys: Pick<DeviceKeys, 'sig'>
  /** Own dialable multiaddrs, the likeliest first. */
  addresses(): readonly string[]
  now(): number
}

/** For one batch: by the list, the addresses and the key as they are at its beginning. */
export const createInvitationIssuer =
  ({ provider, membership, keys, addresses, now }: InvitationIssuerInit) =>
  (): IssueInvitation => {
    const { organisationId, root, people } = membership.trusted()
    const { personId: self, deviceId } = membership.self
    const via = [{ device: deviceId, name: people.get(self)?.name ?? root.name, addresses: addresses() }]
    const signer = createSigner(provider, keys.sig)

    return ({ personId, name, title, department, email, phone }, lifetime) => {
      const issued = now()
      const person = { personId, name, title, department, email, phone }
      const organisation = { organisation: organisationId, organisationName: root.name, via }
      const details = { ...person, ...organisation, issued, expires: issued + lifetime }
      const invitation = createInvitation(provider, details, signer)
      return {
        id: invitationIdOfKey(provider, invitation.key),
        person_id: personId,
        name: invitation.name,
        title: invitation.title,
        department: invitation.department,
        email: invitation.email,
        phone: invitation.phone,
        created_at: issued,
        expires_at: invitation.expires,
        state: 'open',
        link: encodeInvitation(provider, invitation),
      }
    }
  }
