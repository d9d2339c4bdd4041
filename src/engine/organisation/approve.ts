import { type CryptoProvider, fromHex } from '../../crypto/index.ts'
import { type ListEdit, prepareList, publishList, signList } from '../../org/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { Transaction } from '../storage/store.ts'
import type { AdminKey } from './admin-key.ts'
import type { InvitationRow } from './invitation-rows.ts'
import type { JoinRequestRow } from './join-request-rows.ts'
import type { Membership } from './membership.ts'

export interface ApproveInit {
  provider: CryptoProvider
  membership: Membership
  adminKey: AdminKey
  now(): number
}

/** The invited person, where they are not on the list yet, and the device that asked. */
const editsOf = (
  membership: Membership,
  invitation: InvitationRow,
  row: JoinRequestRow,
  now: number,
): readonly ListEdit[] => {
  const { person_id: personId, name, title, department, email, phone } = invitation
  const sig = fromHex(row.device_id)
  const device = {
    id: row.device_id,
    sig,
    dh: new Uint8Array(row.dh),
    name: row.device_name,
    addedAt: now,
    invitation: invitation.id,
  }
  const add: ListEdit = { kind: 'add-device', personId, device }
  if (membership.trusted().people.has(personId)) return [add]
  const person = { personId, name, title, department, email, phone, photoHash: null, roles: [] }
  return [{ kind: 'put-person', person }, add]
}

/**
 * Signs the next contact list with the device on it and takes it over on this device, in one transaction with what
 * `also` writes. Throws `not-admin`, `admin-locked`, and what `check` and the list refuse.
 */
export const approveRequest = async (
  { provider, membership, adminKey, now }: ApproveInit,
  {
    invitation,
    row,
    check,
    also,
  }: {
    invitation: InvitationRow
    row: JoinRequestRow
    /** Throws where the request does not stand any more when its turn has come. */
    check: () => void
    also: (tx: Transaction) => void
  },
): Promise<void> => {
  await membership.change(trusted => {
    check()
    const time = now()
    const draft = prepareList(provider, trusted, { edits: editsOf(membership, invitation, row, time) }, time)
    const signed = adminKey.use(seed => signList(provider, draft, seed))
    const result = publishList(provider, trusted, signed, time)
    if (result.kind !== 'updated')
      throw new LanyardError(result.kind === 'refused' ? result.code : 'internal', 'The new list does not stand')
    return result
  }, also)
}
