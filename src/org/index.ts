export {
  administratorsWithoutPlace,
  type Consequences,
  consequencesOf,
  type KeyWithoutPlace,
} from './administration/administrators.ts'
export { type DescribedRootChange, describeRootChange } from './administration/describe-root-change.ts'
export type { ListEdit, RemovalReason } from './administration/edit-list.ts'
export { type Founded, type Founder, foundOrganisation } from './administration/found.ts'
export { type KeyOffer, keyOfferFingerprint, type OfferedSeeds } from './administration/key-offer.ts'
export type { ListDraft } from './administration/list-draft.ts'
export { keysHeldBy, type RootChange, suggestThreshold } from './administration/root-change.ts'
export { issueFreshness, prepareList, publishList, signList } from './administration/sign-list.ts'
export { membersOf } from './documents/directory.ts'
export { evidenceSigners } from './documents/evidence-signers.ts'
export { decodeFile, encodeFile, type FileKind } from './documents/file.ts'
export type { ForkEvidence } from './documents/fork.ts'
export {
  type Device,
  deviceIdOf,
  type Group,
  type GroupId,
  type Leaf,
  type Person,
  type Tombstone,
} from './documents/leaf.ts'
export type { Policy } from './documents/policy.ts'
export type { RefusalReason } from './documents/refusal.ts'
export { type RoleName, type Root, rolesOf, rootDocument } from './documents/root.ts'
export { newestRoot } from './documents/root-chain.ts'
export { keyIdOf } from './documents/signed.ts'
export {
  applyDelta,
  type DeltaBase,
  encodeDelta,
  encodeDeltaWithoutList,
  needsWholeBundle,
  type TouchedSince,
} from './history/delta.ts'
export { describeChanges, type FieldChange, type ListChange } from './history/describe-changes.ts'
export {
  baseOfStep,
  decodeStep,
  encodeStep,
  forkOfHistory,
  type HistoryStep,
  historyStep,
  isNextVersion,
  type ListSigners,
  signersOfList,
  touchedSince,
  undoStep,
} from './history/history.ts'
export { leafDifferences } from './history/leaf-differences.ts'
export { assertInvitationOpen, type Certificate, invitationIdOf, invitationIdOfKey } from './joining/certificate.ts'
export {
  createInvitation,
  encodeInvitation,
  type Invitation,
  type InvitationDetails,
  parseInvitation,
} from './joining/invitation.ts'
export {
  decodeJoinAnswer,
  encodeJoinAnswer,
  type JoinAnswer,
  type JoinRefusal,
  joinRefusalOf,
} from './joining/join-answer.ts'
export { answerHail, createHail, isHailAnswered, readHail } from './joining/join-hail.ts'
export {
  createJoinRequest,
  isInvitationUsed,
  type JoinRequest,
  joinFingerprint,
  readJoinRequest,
  verifyJoinRequest,
} from './joining/join-request.ts'
export { MAX_CLOCK_AHEAD } from './limits.ts'
export { administratorsWord, type RequestKey } from './notices/administrators-word.ts'
export { encodeForkNotice, evidenceOfPair } from './notices/fork-notice.ts'
export {
  makeDecline,
  makeKeyOffer,
  makeOfferWithdrawal,
  makeWithdrawal,
  noticeOfRequest,
} from './notices/make-notices.ts'
export { type Joiner, noticeForJoiner } from './notices/notice-for-joiner.ts'
export {
  decodeNotices,
  encodeNotices,
  type Notice,
  type NoticeKind,
  type NoticeOf,
  noticeId,
  readNotice,
} from './notices/notices.ts'
export { selectNotices } from './notices/select-notices.ts'
export { verifyNotice } from './notices/verify-notice.ts'
export { type CheckedProposal, checkProposal } from './proposals/check-proposal.ts'
export { encodeProposal, type Proposal, proposalId, readProposal } from './proposals/proposal.ts'
export type { Need } from './proposals/proposal-signatures.ts'
export { proposeList, proposeRoot } from './proposals/propose.ts'
export { completeProposal, mergeSignatures, signProposal } from './proposals/sign-proposal.ts'
export { type ApplyResult, applyBundle, trustFirstBundle } from './trust/apply.ts'
export { encodeBundle } from './trust/bundle.ts'
export type { Changes } from './trust/changes.ts'
export { withEvidence } from './trust/known-forks.ts'
export { needsNewList, nextListVersion } from './trust/list-recovery.ts'
export { administratorsOf, type ListStatus, listStatus } from './trust/list-status.ts'
export { withLeaves, withoutLeaves, withTree } from './trust/stored-leaves.ts'
export { decodeTrusted, encodeTrusted } from './trust/stored-trust.ts'
export type { ListVersion, TrustedState } from './trust/trusted.ts'
export { reportVerification, type VerificationReport, type VerificationStep } from './trust/verification-report.ts'
export {
  compareVersions,
  decodeVersions,
  encodeVersions,
  NO_DIGEST,
  type Versions,
  versionsOf,
} from './trust/versions.ts'
