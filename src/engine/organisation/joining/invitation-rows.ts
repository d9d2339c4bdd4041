import type { Invitation } from '../../../shared/contract/entities.ts'
import type { InvitationId, PersonId } from '../../../shared/ids.ts'
import type { Reader } from '../../storage/statements.ts'
import type { Transaction } from '../../storage/store.ts'
import { closeRequestsOf } from './join-request-rows.ts'

export interface InvitationRow {
  id: InvitationId
  person_id: PersonId
  name: string
  title: string
  department: string
  email: string
  phone: string
  created_at: number
  expires_at: number
  state: 'open' | 'used' | 'withdrawn'
  /** Holds the secret, so that it can be shown again. */
  link: string
}

export const findInvitationRow = (reader: Reader, id: string): InvitationRow | undefined =>
  reader.get<InvitationRow>('SELECT * FROM invitations WHERE id = ?', id)

export const allInvitationRows = (reader: Reader): InvitationRow[] =>
  reader.all<InvitationRow>('SELECT * FROM invitations')

export const allOpenInvitations = (reader: Reader): InvitationId[] =>
  reader.all<{ id: InvitationId }>(`SELECT id FROM invitations WHERE state = 'open'`).map(({ id }) => id)

/** When the last of those that could still be used runs out, milliseconds since 1970; 0 for none. */
export const openUntil = (reader: Reader, now: number): number =>
  reader.get<{ until: number | null }>(
    `SELECT max(expires_at) AS until FROM invitations WHERE state = 'open' AND expires_at > ?`,
    now,
  )?.until ?? 0

export const insertInvitation = (tx: Transaction, row: InvitationRow): void => {
  tx.run(
    `INSERT INTO invitations
       (id, person_id, name, title, department, email, phone, created_at, expires_at, state, link)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.person_id,
    row.name,
    row.title,
    row.department,
    row.email,
    row.phone,
    row.created_at,
    row.expires_at,
    row.state,
    row.link,
  )
  tx.markChanged('invitation', row.id)
}

/** The link is of no use any more, and goes with the secret in it. Whoever still waits with it is declined. */
export const closeInvitation = (tx: Transaction, id: InvitationId, state: 'used' | 'withdrawn'): void => {
  tx.run(`UPDATE invitations SET state = ?, link = '' WHERE id = ?`, state, id)
  tx.markChanged('invitation', id)
  closeRequestsOf(tx, id)
}

export const toInvitation = (row: InvitationRow, now: number): Invitation => ({
  id: row.id,
  personId: row.person_id,
  name: row.name,
  title: row.title,
  department: row.department,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  state: row.state === 'open' && row.expires_at <= now ? 'expired' : row.state,
})
