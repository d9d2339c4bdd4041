import type { CryptoProvider } from '../../crypto/index.ts'
import {
  type JoinAnswer,
  type JoinRefusal,
  type JoinRequest,
  joinRefusalOf,
  readJoinRequest,
  verifyJoinRequest,
} from '../../org/index.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'
import { findInvitationRow } from './invitation-rows.ts'
import { countRequestsOf, findRequestRow, type JoinRequestRow } from './join-request-rows.ts'
import type { Membership } from './membership.ts'

/** Devices that may ask with one invitation: a person tries on two PCs; more means that the link went around. */
const MAX_REQUESTS_PER_INVITATION = 4

export interface ExaminationInit {
  store: Reader
  provider: CryptoProvider
  membership: Membership
  now(): number
}

/** What to answer at once, or the request that has to wait for somebody's decision. */
export type Examined = { kind: 'answer'; answer: JoinAnswer } | { kind: 'wait'; row: JoinRequestRow }

const refused = (code: Extract<JoinAnswer, { kind: 'refused' }>['code']): Examined => ({
  kind: 'answer',
  answer: { kind: 'refused', code },
})

/** Looks at requests to join: nothing is stored or decided here. */
export const createExamination = ({ store, provider, membership, now }: ExaminationInit) => {
  /** The decision about a device, if there is one. */
  const decision = (device: DeviceId): JoinAnswer | undefined => {
    if (membership.trusted().devices.has(device)) return { kind: 'approved', bundle: membership.bundle() }
    if (findRequestRow(store, device)?.state === 'declined') return { kind: 'declined' }
    return undefined
  }

  /** With another invitation somebody who was declined may ask anew. */
  const decisionFor = ({ device, invitationId }: JoinRequest): JoinAnswer | undefined => {
    const known = decision(device.id)
    const isAnother = findRequestRow(store, device.id)?.invitation_id !== invitationId
    return known?.kind === 'declined' && isAnother ? undefined : known
  }

  /** Undefined for what is malformed, and for somebody else's request that is played again. */
  const read = (device: DeviceId, bytes: Uint8Array): JoinRequest | undefined => {
    try {
      const request = readJoinRequest(provider, bytes)
      return request.device.id === device ? request : undefined
    } catch (error) {
      joinRefusalOf(error)
      return undefined
    }
  }

  /** What is wrong with a request by the list alone; undefined for a real one. */
  const faultOf = (request: JoinRequest): JoinRefusal | undefined => {
    try {
      verifyJoinRequest(provider, membership.trusted(), request, now())
      return undefined
    } catch (error) {
      return joinRefusalOf(error)
    }
  }

  const waitingRow = ({ device, invitationId, certificate }: JoinRequest): JoinRequestRow | undefined => {
    const known = findRequestRow(store, device.id)
    const isAnother = known?.invitation_id !== invitationId
    if (isAnother && countRequestsOf(store, invitationId) >= MAX_REQUESTS_PER_INVITATION) return undefined
    return {
      device_id: device.id,
      invitation_id: invitationId,
      person_id: certificate.personId,
      name: certificate.name,
      title: certificate.title,
      department: certificate.department,
      email: certificate.email,
      phone: certificate.phone,
      device_name: device.name,
      dh: device.dh,
      requested_at: isAnother ? now() : known.requested_at,
      state: 'waiting',
    }
  }

  return {
    decision,
    /** `device` is proven by Noise: a member gets the bundle for nothing. Nobody else learns anything by a guess. */
    examine(device: DeviceId, bytes: Uint8Array): Examined {
      const request = read(device, bytes)
      if (request === undefined) return refused('document-malformed')
      const { organisationId, tombstones } = membership.trusted()
      if (request.organisationId !== organisationId) return refused('wrong-organisation')
      const known = decisionFor(request)
      if (known?.kind === 'approved') return { kind: 'answer', answer: known }
      const fault = faultOf(request)
      if (fault !== undefined && fault !== 'invitation-used') return refused(fault)
      if (known !== undefined) return { kind: 'answer', answer: known }
      // none where another administrator has issued it
      const state = findInvitationRow(store, request.invitationId)?.state
      if (state === 'withdrawn') return refused('invitation-unknown')
      if (state === 'used' || fault !== undefined) return refused('invitation-used')
      if (tombstones.has(device)) return { kind: 'answer', answer: { kind: 'declined' } }
      const row = waitingRow(request)
      return row === undefined ? refused('invitation-used') : { kind: 'wait', row }
    },
  }
}
