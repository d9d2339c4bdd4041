export {
  administratorsWithoutPlace,
  type Consequences,
  consequencesOf,
  isAdministratorsDevice,
  type KeyWithoutPlace,
} from './administrators.ts'
export { type ApplyResult, applyBundle, trustFirstBundle } from './apply.ts'
export { encodeBundle } from './bundle.ts'
export { assertInvitationOpen, type Certificate, invitationIdOf, invitationIdOfKey } from './certificate.ts'
export type { Changes } from './changes.ts'
export { type CheckedProposal, checkProposal } from './check-proposal.ts'
export { applyDelta, type DeltaBase, encodeDelta, needsWholeBundle, type TouchedSince } from './delta.ts'
export { describeChanges, type FieldChange, type ListChange } from './describe-changes.ts'
export { type DescribedRootChange, describeRootChange } from './describe-root-change.ts'
export { membersOf } from './directory.ts'
export type { ListEdit, RemovalReason } from './edit-list.ts'
export { evidenceSigners } from './evidence-signers.ts'
export { decodeFile, encodeFile, type FileKind } from './file.ts'
export type { ForkEvidence } from './fork.ts'
export { type Founded, type Founder, foundOrganisation } from './found.ts'
export {
  baseOfStep,
  decodeStep,
  encodeStep,
  type HistoryStep,
  historyStep,
  isNextVersion,
  type ListSigners,
  signersOfList,
  touchedSince,
  undoStep,
} from './history.ts'
export {
  createInvitation,
  encodeInvitation,
  type Invitation,
  type InvitationDetails,
  parseInvitation,
} from './invitation.ts'
export { decodeJoinAnswer, encodeJoinAnswer, type JoinAnswer, type JoinRefusal, joinRefusalOf } from './join-answer.ts'
export { answerHail, createHail, isHailAnswered, readHail } from './join-hail.ts'
export {
  createJoinRequest,
  isInvitationUsed,
  type JoinRequest,
  joinFingerprint,
  readJoinRequest,
  verifyJoinRequest,
} from './join-request.ts'
export { type KeyOffer, keyOfferFingerprint, type OfferedSeeds } from './key-offer.ts'
export { type Device, deviceIdOf, type Group, type GroupId, type Leaf, type Person, type Tombstone } from './leaf.ts'
export { leafDifferences } from './leaf-differences.ts'
export type { ListDraft } from './list-draft.ts'
export { needsNewList, nextListVersion } from './list-recovery.ts'
export { administratorsOf, type ListStatus, listStatus } from './list-status.ts'
export { makeDecline, makeKeyOffer, makeWithdrawal, noticeOfRequest } from './make-notices.ts'
export { type Joiner, noticeForJoiner } from './notice-for-joiner.ts'
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
export { encodeProposal, type Proposal, proposalId, readProposal } from './proposal.ts'
export type { Need } from './proposal-signatures.ts'
export { proposeList, proposeRoot } from './propose.ts'
export type { RefusalReason } from './refusal.ts'
export { type RoleName, type Root, rootDocument } from './root.ts'
export { changeRoot, keysHeldBy, type RootChange, suggestThreshold } from './root-change.ts'
export { noticedAnswer, selectNotices } from './select-notices.ts'
export { issueFreshness, prepareList, publishList, signList } from './sign-list.ts'
export { completeProposal, mergeSignatures, signProposal } from './sign-proposal.ts'
export { withLeaves, withoutLeaves } from './stored-leaves.ts'
export { decodeTrusted, encodeTrusted } from './stored-trust.ts'
export type { ListVersion, TrustedState } from './trusted.ts'
export { reportVerification, type VerificationReport, type VerificationStep } from './verification-report.ts'
export { verifyNotice } from './verify-notice.ts'
export { compareVersions, decodeVersions, encodeVersions, NO_DIGEST, type Versions, versionsOf } from './versions.ts'
