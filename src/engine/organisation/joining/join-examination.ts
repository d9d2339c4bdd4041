import { type CryptoProvider, equalBytes } from '../../../crypto/index.ts'
import {
  administratorsWord,
  type JoinAnswer,
  type JoinRefusal,
  type JoinRequest,
  joinRefusalOf,
  type Notice,
  type RequestKey,
  readJoinRequest,
  verifyJoinRequest,
} from '../../../org/index.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import { MAX_REQUESTS_PER_INVITATION } from '../../../shared/limits.ts'
import type { Reader } from '../../storage/statements.ts'
import type { Membership } from '../list/membership.ts'
import { findInvitationRow } from './invitation-rows.ts'
import { countRequestsOf, findRequestRow, type JoinRequestRow } from './join-request-rows.ts'

export interface ExaminationInit {
  store: Reader
  provider: CryptoProvider
  membership: Membership
  /** What administrators have said, as far as it is known here. */
  notices: { all(): readonly Notice[] }
  now(): number
}

/** What to answer at once, or the request that has to wait for somebody's decision. */
export type Examined =
  | { kind: 'answer'; answer: JoinAnswer }
  | { kind: 'wait'; request: JoinRequest; row: JoinRequestRow }

const refused = (code: Extract<JoinAnswer, { kind: 'refused' }>['code']): Examined => ({
  kind: 'answer',
  answer: { kind: 'refused', code },
})

export type Examination = ReturnType<typeof createExamination>

/** Looks at requests to join: nothing is stored or decided here. */
export const createExamination = ({ store, provider, membership, notices, now }: ExaminationInit) => {
  /** The decision about a request, if there is one. With another invitation somebody who was declined may ask anew. */
  const decision = (request: RequestKey): JoinAnswer | undefined => {
    const { invitationId, device } = request
    if (membership.trusted().devices.has(device.id)) return { kind: 'approved', bundle: membership.bundle() }
    const row = findRequestRow(store, device.id)
    const isDeclined = row?.state === 'declined' && row.invitation_id === invitationId
    // signed, for the device to believe it from anybody
    const word = administratorsWord(notices.all(), request)
    return isDeclined || word !== undefined ? { kind: 'declined', notice: word?.bytes ?? null } : undefined
  }

  /** Undefined for what is malformed. */
  const read = (bytes: Uint8Array): JoinRequest | undefined => {
    try {
      return readJoinRequest(provider, bytes)
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

  /**
   * A certificate of another device for an invitation of this one: whoever holds the link and a stolen administrator's
   * device would come in as somebody else, for longer, and be taken for the one who was invited here.
   */
  const isSubstitute = ({ invitationId, issuer }: JoinRequest) =>
    issuer !== membership.self.deviceId && findInvitationRow(store, invitationId) !== undefined

  /**
   * Undefined for a request that is none of those that wait here: too many ask with the invitation, or the device has asked
   * with it as somebody else or with another key. No honest one does, and an administrator compares words meanwhile.
   */
  const rowFor = (request: JoinRequest): JoinRequestRow | undefined => {
    const { device, invitationId, certificate } = request
    const known = findRequestRow(store, device.id)
    const isAnother = known?.invitation_id !== invitationId
    if (isSubstitute(request)) return undefined
    if (!isAnother && (known.person_id !== certificate.personId || !equalBytes(known.dh, device.dh))) return undefined
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
    rowFor,
    /** `device` is proven by Noise: a member gets the bundle for nothing. Nobody else learns anything by a guess. */
    examine(device: DeviceId, bytes: Uint8Array): Examined {
      const request = read(bytes)
      // somebody else's request that is played again is none of this device's
      if (request?.device.id !== device) return refused('document-malformed')
      const { organisationId, tombstones } = membership.trusted()
      if (request.organisationId !== organisationId) return refused('wrong-organisation')
      const known = decision(request)
      if (known?.kind === 'approved') return { kind: 'answer', answer: known }
      const fault = faultOf(request)
      if (fault !== undefined && fault !== 'invitation-used') return refused(fault)
      if (isSubstitute(request)) return refused('invitation-unknown')
      // none where another administrator has issued it
      const state = findInvitationRow(store, request.invitationId)?.state
      const isOwnDecision = findRequestRow(store, device)?.invitation_id === request.invitationId
      if (state === 'withdrawn' && !isOwnDecision) return refused('invitation-unknown')
      if (known !== undefined) return { kind: 'answer', answer: known }
      if (state === 'used' || fault !== undefined) return refused('invitation-used')
      if (tombstones.has(device)) return { kind: 'answer', answer: { kind: 'declined', notice: null } }
      const row = rowFor(request)
      return row === undefined ? refused('invitation-used') : { kind: 'wait', request, row }
    },
  }
}
