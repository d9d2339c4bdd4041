import { type CryptoProvider, decodeCanonical, encodeCanonical, toHex } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, InvitationId, NoticeId, OrganisationId, PersonId } from '../../shared/ids.ts'
import { MAX_NOTICE_BYTES, MAX_NOTICES } from '../../shared/limits.ts'
import { type KeyOffer, keyOfferDocument, type PossessionProof, possessionProof } from '../administration/key-offer.ts'
import { arrayOf, blob, bytes, type Codec, type Decoded, documentOf, literal, record, time, tuple } from '../codec.ts'
import { deviceIdCodec, invitationIdCodec, organisationIdCodec, personIdCodec } from '../fields.ts'
import { type JoinRequest, readJoinRequest } from '../joining/join-request.ts'
import { MAX_JOIN_REQUEST_BYTES, MAX_NOTICE_BODY_BYTES } from '../limits.ts'
import { type ForkPair, forkNoticeCodec, readForkPair } from './fork-notice.ts'

const withdrawal = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  invitation: [2, invitationIdCodec],
  issued: [3, time],
  until: [4, time],
})
const decline = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  invitation: [2, invitationIdCodec],
  /** That asked with it. */
  device: [3, deviceIdCodec],
  issued: [4, time],
  until: [5, time],
})
const offerWithdrawal = record({
  format: [0, literal(1)],
  organisation: [1, organisationIdCodec],
  personId: [2, personIdCodec],
  issued: [3, time],
  until: [4, time],
})
export const withdrawalDocument = documentOf(withdrawal, 'withdrawal', MAX_NOTICE_BODY_BYTES)
export const declineDocument = documentOf(decline, 'decline', MAX_NOTICE_BODY_BYTES)

export const offerWithdrawalDocument = documentOf(offerWithdrawal, 'offer withdrawal', MAX_NOTICE_BODY_BYTES)

const body = blob(MAX_NOTICE_BODY_BYTES)
const signature = bytes(64)
/** The first number tells the kind. */
export const noticeCodecs = {
  'join-request': tuple(literal(1), blob(MAX_JOIN_REQUEST_BYTES)),
  withdrawal: tuple(literal(2), body, deviceIdCodec, signature),
  decline: tuple(literal(3), body, deviceIdCodec, signature),
  'key-offer': tuple(literal(4), body, deviceIdCodec, signature, possessionProof),
  fork: forkNoticeCodec,
  'offer-withdrawal': tuple(literal(6), body, deviceIdCodec, signature),
} as const

interface Statement {
  readonly body: Uint8Array
  /** The device that makes it. */
  readonly signer: DeviceId
  readonly signature: Uint8Array
  readonly issued: number
}

/** A small statement that members carry for each other, until somebody is there whom it concerns. */
export type Notice = {
  readonly id: NoticeId
  readonly bytes: Uint8Array
  readonly organisationId: OrganisationId
  /** Milliseconds since 1970; worth nothing from then on. */
  readonly until: number
} & (
  | { readonly kind: 'join-request'; readonly request: JoinRequest }
  /** An administrator's device takes an invitation back. */
  | ({ readonly kind: 'withdrawal'; readonly invitationId: InvitationId } & Statement)
  /** An administrator's device refuses one device that asks. */
  | ({ readonly kind: 'decline'; readonly invitationId: InvitationId; readonly device: DeviceId } & Statement)
  /** A member would sign for the organisation. */
  | ({ readonly kind: 'key-offer'; readonly offer: KeyOffer; readonly proof: PossessionProof } & Statement)
  /** A member would not sign any more: no offer that they made before stands. */
  | ({ readonly kind: 'offer-withdrawal'; readonly personId: PersonId } & Statement)
  /** Somebody with keys of the organisation has signed twice. */
  | { readonly kind: 'fork'; readonly pair: ForkPair }
)
export type NoticeKind = Notice['kind']
export type NoticeOf<Kind extends NoticeKind> = Extract<Notice, { readonly kind: Kind }>

/** First 16 bytes of SHA-256 of the bytes, in hex. */
export const noticeId = (provider: CryptoProvider, encoded: Uint8Array): NoticeId =>
  toHex(provider.sha256(encoded).subarray(0, 16)) as NoticeId

/** Reads a notice, whoever made it: only `verifyNotice` says so. Throws `document-malformed`, `document-too-large`. */
export const readNotice = (provider: CryptoProvider, encoded: Uint8Array): Notice => {
  const fields = decodeCanonical(encoded, { maxBytes: MAX_NOTICE_BYTES })
  const common = { id: noticeId(provider, encoded), bytes: encoded }
  const read = <T>(codec: Codec<T>): T => codec.fromCanonical(fields, 'notice')
  switch (Array.isArray(fields) ? fields[0] : undefined) {
    case 1: {
      const request = readJoinRequest(provider, read(noticeCodecs['join-request'])[1])
      const { organisationId, certificate } = request
      return { ...common, kind: 'join-request', organisationId, until: certificate.expires, request }
    }
    case 2: {
      const [, body, signer, signature] = read(noticeCodecs.withdrawal)
      const { organisation: organisationId, invitation, issued, until } = withdrawalDocument.decode(body)
      const statement = { body, signer, signature, issued }
      return { ...common, kind: 'withdrawal', organisationId, until, invitationId: invitation, ...statement }
    }
    case 3: {
      const [, body, signer, signature] = read(noticeCodecs.decline)
      const { organisation: organisationId, invitation, device, issued, until } = declineDocument.decode(body)
      const statement = { body, signer, signature, issued }
      return { ...common, kind: 'decline', organisationId, until, invitationId: invitation, device, ...statement }
    }
    case 4: {
      const [, body, signer, signature, proof] = read(noticeCodecs['key-offer'])
      const offer = keyOfferDocument.decode(body)
      const { organisation: organisationId, offeredAt: issued, until } = offer
      return { ...common, kind: 'key-offer', organisationId, until, offer, proof, body, signer, signature, issued }
    }
    case 5:
      return { ...common, kind: 'fork', ...readForkPair(provider, read(noticeCodecs.fork)) }
    case 6: {
      const [, body, signer, signature] = read(noticeCodecs['offer-withdrawal'])
      const { organisation: organisationId, personId, issued, until } = offerWithdrawalDocument.decode(body)
      const statement = { body, signer, signature, issued }
      return { ...common, kind: 'offer-withdrawal', organisationId, until, personId, ...statement }
    }
    default:
      throw new LanyardError('document-malformed', 'A notice must be of one of the six kinds')
  }
}

const several = documentOf(
  arrayOf(blob(MAX_NOTICE_BYTES), MAX_NOTICES),
  'notices',
  MAX_NOTICES * (MAX_NOTICE_BYTES + 4),
)

/** Several notices as one value, for a file. Throws `bad-input` for more than 1,000. */
export const encodeNotices = (notices: readonly Pick<Notice, 'bytes'>[]): Uint8Array =>
  several.encode(notices.map(({ bytes }) => bytes))

/** The bytes of each, for `readNotice`: one that cannot be read does not spoil the others. Throws `document-malformed`. */
export const decodeNotices = (encoded: Uint8Array): readonly Uint8Array[] => several.decode(encoded)

export const encodeNotice = <Kind extends NoticeKind>(
  kind: Kind,
  fields: Decoded<(typeof noticeCodecs)[Kind]>,
): Uint8Array => encodeCanonical((noticeCodecs[kind] as Codec<typeof fields>).toCanonical(fields, 'notice'))
