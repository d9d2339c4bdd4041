import { type CryptoProvider, fromHex } from '../../crypto/index.ts'
import {
  encodeJoinAnswer,
  type JoinAnswer,
  joinFingerprint,
  provesInvitation,
  readJoinRequest,
  type JoinRequest as SignedRequest,
} from '../../org/index.ts'
import type { IncomingRequest, Log } from '../../p2p/index.ts'
import type { JoinRequest } from '../../shared/contract/entities.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { createEmitter } from '../emitter.ts'
import type { Store } from '../storage/store.ts'
import type { AdminKey } from './admin-key.ts'
import { approveRequest } from './approve.ts'
import { closeInvitation, findInvitationRow, type InvitationRow } from './invitation-rows.ts'
import {
  closeRequestsOf,
  countRequestsOf,
  decideRequest,
  findRequestRow,
  type JoinRequestRow,
  saveRequest,
  waitingRequestRows,
} from './join-request-rows.ts'
import type { Membership } from './membership.ts'

/** Devices that may ask with one invitation: a person tries on two PCs; more means that the link went around. */
const MAX_REQUESTS_PER_INVITATION = 4

/** The administrator's side of joining: who asks, and the answer. */
export interface JoinRequests {
  /** The answers to one request on /lanyard/join/1, over time. */
  answer(request: IncomingRequest): AsyncIterable<Uint8Array>
  /** Signs a new list with the device on it. Throws `request-unknown`, `not-admin`, `admin-locked`. */
  approve(device: DeviceId): Promise<void>
  /** Throws `request-unknown`. */
  decline(device: DeviceId): Promise<void>
  find(id: string): JoinRequest | null
  waiting(): JoinRequest[]
  /** Whether the device has asked here before: it may come back for its answer. */
  isKnown(device: DeviceId): boolean
  /** After the profile was opened: nobody is on the line, whatever the caches were told before. */
  noteNobodyAsks(): Promise<void>
}

export interface JoinRequestsInit {
  store: Store
  provider: CryptoProvider
  membership: Membership
  adminKey: AdminKey
  now(): number
  log: Log
}

const refused = (code: Extract<JoinAnswer, { kind: 'refused' }>['code']): JoinAnswer => ({ kind: 'refused', code })

export const createJoinRequests = (init: JoinRequestsInit): JoinRequests => {
  const { store, provider, membership, adminKey, now, log } = init
  /** Devices that hold the line until they are decided on. */
  const asking = new Map<DeviceId, number>()
  const decided = createEmitter<DeviceId>()

  const nextDecision = (device: DeviceId, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const stop = decided.on(id => {
        if (id === device) end(resolve)
      })
      const onAbort = () => end(() => reject(signal.reason))
      const end = (settle: () => void) => {
        stop()
        signal.removeEventListener('abort', onAbort)
        settle()
      }
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) onAbort()
    })

  const markConnected = async (device: DeviceId, by: 1 | -1) => {
    asking.set(device, (asking.get(device) ?? 0) + by)
    if (asking.get(device) === 0) asking.delete(device)
    if (findRequestRow(store, device)?.state === 'waiting')
      await store.write(tx => tx.markChanged('joinRequest', device))
  }

  const isApproved = (device: DeviceId) => membership.trusted().devices.has(device)

  /** The decision about the device, if there is one; undefined: it waits for the administrator. */
  const decision = (device: DeviceId): JoinAnswer | undefined => {
    if (isApproved(device)) return { kind: 'approved', bundle: membership.bundle() }
    if (findRequestRow(store, device)?.state === 'declined') return { kind: 'declined' }
    return undefined
  }

  /** With another invitation somebody who was declined may ask anew. */
  const decisionFor = ({ device, invitationId }: SignedRequest): JoinAnswer | undefined => {
    const known = decision(device.id)
    const isAnother = findRequestRow(store, device.id)?.invitation_id !== invitationId
    return known?.kind === 'declined' && isAnother ? undefined : known
  }

  /** A new request, or the reason why there is none. Who cannot prove the invitation learns nothing about it. */
  const admit = ({ device, invitationId }: SignedRequest, invitation: InvitationRow): JoinAnswer | JoinRequestRow => {
    if (invitation.state === 'withdrawn') return refused('invitation-unknown')
    if (invitation.state === 'used') return refused('invitation-used')
    if (invitation.expires_at <= now()) return refused('invitation-expired')
    if (membership.trusted().tombstones.has(device.id)) return { kind: 'declined' }
    const known = findRequestRow(store, device.id)
    const isAnother = known?.invitation_id !== invitationId
    if (isAnother && countRequestsOf(store, invitationId) >= MAX_REQUESTS_PER_INVITATION)
      return refused('invitation-used')
    return {
      device_id: device.id,
      invitation_id: invitationId,
      device_name: device.name,
      dh: device.dh,
      requested_at: isAnother ? now() : known.requested_at,
      state: 'waiting',
    }
  }

  const read = (device: DeviceId, bytes: Uint8Array): SignedRequest | undefined => {
    try {
      const request = readJoinRequest(provider, bytes)
      return request.device.id === device ? request : undefined // somebody else's request, replayed
    } catch (error) {
      if (isLanyardError(error)) return undefined
      throw error
    }
  }

  const consider = async (device: DeviceId, bytes: Uint8Array): Promise<JoinAnswer> => {
    const request = read(device, bytes)
    if (request === undefined) return refused('document-malformed')
    const { organisationId } = membership.trusted()
    if (request.organisationId !== organisationId) return refused('wrong-organisation')
    const invitation = findInvitationRow(store, request.invitationId)
    if (
      invitation === undefined ||
      !provesInvitation(provider, request, {
        organisation: organisationId,
        personId: invitation.person_id,
        secret: new Uint8Array(invitation.secret),
      })
    )
      return refused('invitation-unknown')
    const known = decisionFor(request)
    if (known !== undefined) return known
    const row = admit(request, invitation)
    if ('kind' in row) return row
    await store.write(tx => saveRequest(tx, row))
    log.info({ device, invitation: row.invitation_id }, 'a device asks to join')
    if (membership.trusted().policy.value.approvesInvitations && adminKey.isUnlocked()) {
      await requests.approve(device)
      return decision(device) ?? { kind: 'pending' }
    }
    return { kind: 'pending' }
  }

  const waitingRow = (device: DeviceId): JoinRequestRow => {
    const row = findRequestRow(store, device)
    if (row?.state !== 'waiting') throw new LanyardError('request-unknown', 'This device is not asking to join')
    return row
  }

  const invitationOf = (row: JoinRequestRow): InvitationRow => {
    const invitation = findInvitationRow(store, row.invitation_id)
    if (invitation === undefined) throw new LanyardError('request-unknown', 'The invitation of this request is gone')
    return invitation
  }

  const toJoinRequest = (row: JoinRequestRow): JoinRequest => {
    const invitation = invitationOf(row)
    const keys = { sig: fromHex(row.device_id), dh: new Uint8Array(row.dh) }
    return {
      id: row.device_id,
      invitationId: row.invitation_id,
      personId: invitation.person_id,
      name: invitation.name,
      title: invitation.title,
      department: invitation.department,
      deviceName: row.device_name,
      words: [...joinFingerprint(provider, membership.trusted().organisationId, keys)],
      requestedAt: row.requested_at,
      isConnected: asking.has(row.device_id),
    }
  }

  const requests: JoinRequests = {
    async *answer({ device, bytes, signal }) {
      const first = await consider(device, bytes)
      yield encodeJoinAnswer(first)
      if (first.kind !== 'pending') return
      await markConnected(device, 1)
      try {
        let answer = decision(device)
        while (answer === undefined) {
          await nextDecision(device, signal)
          answer = decision(device)
        }
        yield encodeJoinAnswer(answer)
      } finally {
        await markConnected(device, -1)
      }
    },
    async approve(device) {
      const row = waitingRow(device)
      const invitation = invitationOf(row)
      await approveRequest(
        { provider, membership, adminKey, now },
        {
          invitation,
          row,
          also: tx => {
            decideRequest(tx, device, 'approved')
            closeInvitation(tx, invitation.id, 'used')
            closeRequestsOf(tx, invitation.id)
            tx.markChanged('invitation', invitation.id)
          },
        },
      )
      for (const id of [...asking.keys()]) decided.emit(id)
    },
    async decline(device) {
      waitingRow(device)
      await store.write(tx => decideRequest(tx, device, 'declined'))
      decided.emit(device)
    },
    find(id) {
      const row = findRequestRow(store, id)
      return row?.state === 'waiting' ? toJoinRequest(row) : null
    },
    waiting: () => waitingRequestRows(store).map(toJoinRequest),
    async noteNobodyAsks() {
      const waiting = waitingRequestRows(store)
      if (waiting.length === 0) return
      await store.write(tx => {
        for (const { device_id } of waiting) tx.markChanged('joinRequest', device_id)
      })
    },
    isKnown: device => findRequestRow(store, device) !== undefined,
  }
  return requests
}
