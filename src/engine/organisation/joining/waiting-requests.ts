import { type CryptoProvider, fromHex } from '../../../crypto/index.ts'
import { joinFingerprint } from '../../../org/index.ts'
import type { JoinRequest } from '../../../shared/contract/entities.ts'
import { LanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Staged } from '../../administration/staged.ts'
import type { Reader } from '../../storage/statements.ts'
import type { Membership } from '../list/membership.ts'
import { findRequestRow, type JoinRequestRow, waitingRequestRows } from './join-request-rows.ts'
import type { OpenLines } from './open-lines.ts'

/** The requests that wait for a decision here, as an administrator sees them. */
export interface WaitingRequests {
  /** Throws `request-unknown` where this device does not ask, or not any more. */
  expect(device: DeviceId): JoinRequestRow
  show(row: JoinRequestRow): JoinRequest
  find(id: string): JoinRequest | null
  /** The one that has waited longest first. */
  all(): JoinRequest[]
}

export interface WaitingRequestsInit {
  store: Reader
  provider: CryptoProvider
  membership: Pick<Membership, 'trusted'>
  staged: Pick<Staged, 'isLetIn'>
  lines: Pick<OpenLines, 'isOpen'>
}

export const createWaitingRequests = (init: WaitingRequestsInit): WaitingRequests => {
  const { store, provider, membership, staged, lines } = init

  const show = (row: JoinRequestRow): JoinRequest => {
    const { organisationId, people } = membership.trusted()
    // who gets the device: a certificate may call somebody who is on the list by any name
    const { name, title, department } = people.get(row.person_id) ?? row
    return {
      id: row.device_id,
      invitationId: row.invitation_id,
      personId: row.person_id,
      name,
      title,
      department,
      deviceName: row.device_name,
      words: [...joinFingerprint(provider, organisationId, { sig: fromHex(row.device_id), dh: row.dh })],
      requestedAt: row.requested_at,
      state: staged.isLetIn(row.device_id) ? 'approved' : 'waiting',
      isConnected: lines.isOpen(row.device_id),
    }
  }

  return {
    expect(device) {
      const row = findRequestRow(store, device)
      if (row?.state !== 'waiting') throw new LanyardError('request-unknown', 'This device is not asking to join')
      return row
    },
    show,
    find(id) {
      const row = findRequestRow(store, id)
      return row?.state === 'waiting' ? show(row) : null
    },
    all: () => waitingRequestRows(store).map(show),
  }
}
