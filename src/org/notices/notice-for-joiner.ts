import { type CryptoProvider, fromHex, verifySignature } from '../../crypto/index.ts'
import type { DeviceId, InvitationId, OrganisationId } from '../../shared/ids.ts'
import { DECLINE_CONTEXT, WITHDRAWAL_CONTEXT } from './make-notices.ts'
import { readNotice } from './notices.ts'

export interface Joiner {
  readonly organisation: OrganisationId
  readonly invitation: InvitationId
  readonly device: DeviceId
  /** Administrators' devices that the invitation names: the only ones whose word a device without a list can judge. */
  readonly named: readonly DeviceId[]
}

/**
 * What a notice that a colleague hands over says of a device's own request: the administrator's word, or null for nothing
 * that the device can believe. Throws `document-malformed`, `document-too-large`.
 */
export const noticeForJoiner = (
  provider: CryptoProvider,
  { organisation, invitation, device, named }: Joiner,
  encoded: Uint8Array,
): 'declined' | 'withdrawn' | null => {
  const notice = readNotice(provider, encoded)
  if (notice.kind !== 'decline' && notice.kind !== 'withdrawal') return null
  if (notice.organisationId !== organisation || notice.invitationId !== invitation) return null
  if (notice.kind === 'decline' && notice.device !== device) return null
  if (!named.includes(notice.signer)) return null
  const context = notice.kind === 'decline' ? DECLINE_CONTEXT : WITHDRAWAL_CONTEXT
  // a device id is the device's key
  if (!verifySignature(provider, fromHex(notice.signer), context, notice.body, notice.signature)) return null
  return notice.kind === 'decline' ? 'declined' : 'withdrawn'
}
