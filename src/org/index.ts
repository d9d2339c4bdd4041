export { isAdministratorsDevice } from './administrators.ts'
export { type ApplyResult, applyBundle, trustFirstBundle } from './apply.ts'
export { encodeBundle } from './bundle.ts'
export { assertInvitationOpen, type Certificate, invitationIdOf, invitationIdOfKey } from './certificate.ts'
export type { Changes } from './changes.ts'
export { membersOf } from './directory.ts'
export type { ListEdit, RemovalReason } from './edit-list.ts'
export { decodeFile, encodeFile, type FileKind } from './file.ts'
export type { ForkEvidence } from './fork.ts'
export { type Founded, type Founder, foundOrganisation } from './found.ts'
export {
  createInvitation,
  encodeInvitation,
  type Invitation,
  type InvitationDetails,
  parseInvitation,
} from './invitation.ts'
export { decodeJoinAnswer, encodeJoinAnswer, type JoinAnswer, type JoinRefusal, joinRefusalOf } from './join-answer.ts'
export {
  createJoinRequest,
  isInvitationUsed,
  type JoinRequest,
  joinFingerprint,
  readJoinRequest,
  verifyJoinRequest,
} from './join-request.ts'
export { type KeyOffer, keyOfferFingerprint, type OfferedSeeds } from './key-offer.ts'
export { type Device, deviceIdOf, type Group, type GroupId, type Person, type Tombstone } from './leaf.ts'
export { administratorsOf, type ListStatus, listStatus } from './list-status.ts'
export { makeDecline, makeKeyOffer, makeWithdrawal, noticeOfRequest } from './make-notices.ts'
export {
  decodeNotices,
  encodeNotices,
  type Notice,
  type NoticeKind,
  type NoticeOf,
  noticeId,
  readNotice,
} from './notices.ts'
export type { Policy } from './policy.ts'
export type { RefusalReason } from './refusal.ts'
export type { Root } from './root.ts'
export { noticedAnswer, selectNotices } from './select-notices.ts'
export { issueFreshness, type ListDraft, prepareList, publishList, signList } from './sign-list.ts'
export { decodeTrusted, encodeTrusted } from './stored-trust.ts'
export type { TrustedState } from './trusted.ts'
export { verifyNotice } from './verify-notice.ts'
export { compareVersions, decodeVersions, encodeVersions, NO_DIGEST, type Versions, versionsOf } from './versions.ts'
