import { type CryptoProvider, type DeviceKeys, sign } from '../../crypto/index.ts'
import type { DeviceId, InvitationId, OrganisationId, PersonId } from '../../shared/ids.ts'
import {
  KEY_OFFER_CONTEXT,
  keyOfferDocument,
  keysOf,
  type OfferedSeeds,
  provePossession,
} from '../administration/key-offer.ts'
import { deviceIdOf } from '../documents/leaf.ts'
import {
  declineDocument,
  encodeNotice,
  type Notice,
  type NoticeKind,
  type NoticeOf,
  offerWithdrawalDocument,
  readNotice,
  withdrawalDocument,
} from './notices.ts'

export const WITHDRAWAL_CONTEXT = 'lanyard/withdrawal/1'
export const DECLINE_CONTEXT = 'lanyard/decline/1'
export const OFFER_WITHDRAWAL_CONTEXT = 'lanyard/offer-withdrawal/1'

type Signer = Pick<DeviceKeys, 'sig'>

/** As everybody else will read it. */
const made = <Kind extends NoticeKind>(
  provider: CryptoProvider,
  kind: Kind,
  fields: Parameters<typeof encodeNotice<Kind>>[1],
): NoticeOf<Kind> => {
  const isOfKind = (notice: Notice): notice is NoticeOf<Kind> => notice.kind === kind
  const notice = readNotice(provider, encodeNotice(kind, fields))
  if (!isOfKind(notice)) throw new TypeError(`Fields of '${kind}' read as '${notice.kind}'`)
  return notice
}

/** A request to join on its way to an administrator, as `createJoinRequest` made it. */
export const noticeOfRequest = (provider: CryptoProvider, request: Uint8Array): NoticeOf<'join-request'> =>
  made(provider, 'join-request', [1, request])

/** Takes an invitation back, by a device of any administrator. `until` is the invitation's own end, or later. */
export const makeWithdrawal = (
  provider: CryptoProvider,
  fields: { organisation: OrganisationId; invitation: InvitationId; issued: number; until: number },
  { sig }: Signer,
): NoticeOf<'withdrawal'> => {
  const body = withdrawalDocument.encode({ ...fields, format: 1 })
  const signature = sign(provider, sig.seed, WITHDRAWAL_CONTEXT, body)
  return made(provider, 'withdrawal', [2, body, deviceIdOf(sig.publicKey), signature])
}

/** Refuses one device that asks with an invitation, by a device of any administrator. */
export const makeDecline = (
  provider: CryptoProvider,
  fields: {
    organisation: OrganisationId
    invitation: InvitationId
    device: DeviceId
    issued: number
    until: number
  },
  { sig }: Signer,
): NoticeOf<'decline'> => {
  const body = declineDocument.encode({ ...fields, format: 1 })
  const signature = sign(provider, sig.seed, DECLINE_CONTEXT, body)
  return made(provider, 'decline', [3, body, deviceIdOf(sig.publicKey), signature])
}

/** Offers keys of this person to the administrators, by a device of theirs. */
export const makeKeyOffer = (
  provider: CryptoProvider,
  {
    seeds,
    ...fields
  }: { organisation: OrganisationId; personId: PersonId; offeredAt: number; until: number; seeds: OfferedSeeds },
  { sig }: Signer,
): NoticeOf<'key-offer'> => {
  const body = keyOfferDocument.encode({ ...fields, ...keysOf(provider, seeds), format: 1 })
  const signature = sign(provider, sig.seed, KEY_OFFER_CONTEXT, body)
  const proof = provePossession(provider, seeds, body)
  return made(provider, 'key-offer', [4, body, deviceIdOf(sig.publicKey), signature, proof])
}

/**
 * Takes back what this person has offered before `issued`, by a device of theirs. `until` is the offer's own end, or
 * later: until then it keeps the offer from coming back.
 */
export const makeOfferWithdrawal = (
  provider: CryptoProvider,
  fields: { organisation: OrganisationId; personId: PersonId; issued: number; until: number },
  { sig }: Signer,
): NoticeOf<'offer-withdrawal'> => {
  const body = offerWithdrawalDocument.encode({ ...fields, format: 1 })
  const signature = sign(provider, sig.seed, OFFER_WITHDRAWAL_CONTEXT, body)
  return made(provider, 'offer-withdrawal', [6, body, deviceIdOf(sig.publicKey), signature])
}
