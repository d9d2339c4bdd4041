import type { DeviceId, InvitationId, PersonId } from '../../../shared/ids.ts'
import type { Reader } from '../../storage/statements.ts'
import type { Transaction } from '../../storage/store.ts'

export interface JoinRequestRow {
  device_id: DeviceId
  invitation_id: InvitationId
  /** As the invitation has the person. */
  person_id: PersonId
  name: string
  title: string
  department: string
  email: string
  phone: string
  device_name: string
  dh: Uint8Array
  requested_at: number
  state: 'waiting' | 'approved' | 'declined'
}

const COLUMNS =
  'device_id, invitation_id, person_id, name, title, department, email, phone, device_name, dh, requested_at, state'

export const findRequestRow = (reader: Reader, device: string): JoinRequestRow | undefined =>
  reader.get<JoinRequestRow>(`SELECT ${COLUMNS} FROM join_requests WHERE device_id = ?`, device)

export const waitingRequestRows = (reader: Reader): JoinRequestRow[] =>
  reader.all<JoinRequestRow>(
    `SELECT ${COLUMNS} FROM join_requests WHERE state = 'waiting' ORDER BY requested_at, device_id`,
  )

export const countWaitingRequests = (reader: Reader): number =>
  reader.get<{ count: number }>(`SELECT count(*) AS count FROM join_requests WHERE state = 'waiting'`)?.count ?? 0

export const countRequestsOf = (reader: Reader, invitation: InvitationId): number =>
  reader.get<{ count: number }>('SELECT count(*) AS count FROM join_requests WHERE invitation_id = ?', invitation)
    ?.count ?? 0

/** A device that asks again, also with another invitation, has one request: the last. */
export const saveRequest = (tx: Transaction, row: JoinRequestRow): void => {
  tx.run(
    `INSERT OR REPLACE INTO join_requests (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.device_id,
    row.invitation_id,
    row.person_id,
    row.name,
    row.title,
    row.department,
    row.email,
    row.phone,
    row.device_name,
    row.dh,
    row.requested_at,
    row.state,
  )
  tx.markChanged('joinRequest', row.device_id)
}

export const decideRequest = (tx: Transaction, device: DeviceId, state: 'approved' | 'declined'): void => {
  tx.run('UPDATE join_requests SET state = ? WHERE device_id = ?', state, device)
  tx.markChanged('joinRequest', device)
}

/** It means nothing any more, and nobody has to be told. */
export const deleteRequest = (tx: Transaction, device: DeviceId): void => {
  tx.run('DELETE FROM join_requests WHERE device_id = ?', device)
  tx.markChanged('joinRequest', device)
}

/** Whoever still waits with this invitation is declined. */
export const closeRequestsOf = (tx: Transaction, invitation: InvitationId): void => {
  const waiting = tx.all<{ device_id: DeviceId }>(
    `SELECT device_id FROM join_requests WHERE invitation_id = ? AND state = 'waiting'`,
    invitation,
  )
  for (const { device_id } of waiting) decideRequest(tx, device_id, 'declined')
}
