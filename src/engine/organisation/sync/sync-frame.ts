import {
  type CanonicalValue,
  decodeCanonical,
  encodeCanonical,
  fromHex,
  readBlob,
  readInteger,
  readList,
  readTuple,
  toHex,
} from '../../../crypto/index.ts'
import { decodeVersions, encodeVersions, type Versions } from '../../../org/index.ts'
import { LanyardError } from '../../../shared/errors.ts'
import type { NoticeId, PhotoHash, ProposalId } from '../../../shared/ids.ts'
import { MAX_BUNDLE_BYTES, MAX_NOTICE_BYTES, MAX_NOTICES, MAX_PHOTO_BYTES } from '../../../shared/limits.ts'
import type { DeltaWanted } from '../list/deltas.ts'

/** Bytes; reading them bounds them closer. */
const MAX_VERSIONS_BYTES = 1_024

/** Proposals that wait at a time, and keys that one of them may ask for (two roots' root roles of 32). */
const MAX_PROPOSALS = 32
const MAX_SIGNERS = 64

/** Pictures in one answer: 4 of 64 KiB arrive in a moment on a slow line too. */
export const MAX_PHOTOS_ASKED = 4

/** Steps of the list's history in one answer. */
const MAX_STEPS = 4_096

const kinds = {
  versions: 1,
  'bundle-wanted': 2,
  bundle: 3,
  'delta-wanted': 4,
  delta: 5,
  'history-wanted': 6,
  history: 7,
  'notice-ids': 8,
  notices: 9,
  'notices-lacking': 10,
  'proposal-ids': 11,
  proposals: 12,
  'photos-wanted': 13,
  photos: 14,
} as const

/** One frame of /lanyard/org/1; canonical CBOR, see section 4 of docs/PROTOCOL.md. */
export type SyncFrame =
  /** These are mine, yours please. Answered with `versions`. */
  | { kind: 'versions'; versions: Versions }
  /** All that you trust, please. Answered with `bundle`. */
  | { kind: 'bundle-wanted' }
  /** Take this: for a device that may not ask any more. Answered with `versions`. */
  | { kind: 'bundle'; bundle: Uint8Array }
  /** What came since this, please. Answered with `delta`, or with `bundle` where the base is not known. */
  | { kind: 'delta-wanted'; base: DeltaWanted }
  /** As an answer, and like `bundle` for a device that may not ask any more. */
  | { kind: 'delta'; delta: Uint8Array }
  /** The steps that lead back from the list with this hash, please. Answered with `history`. */
  | { kind: 'history-wanted'; listHash: string }
  | { kind: 'history'; steps: readonly Uint8Array[] }
  /** These notices are here. Answered with `notices`. */
  | { kind: 'notice-ids'; ids: readonly NoticeId[] }
  /** What you lack, and what I lack. */
  | { kind: 'notices'; notices: readonly Uint8Array[]; lacking: readonly NoticeId[] }
  /** What you said that you lack. Answered with `versions`. */
  | { kind: 'notices-lacking'; notices: readonly Uint8Array[] }
  /** These proposals are here, with these signatures. Answered with `proposals`: the others, and those signed by others. */
  | { kind: 'proposal-ids'; held: readonly HeldSignatures[] }
  | { kind: 'proposals'; proposals: readonly Uint8Array[] }
  /** Pictures, please. Answered with `photos`: those that are there. */
  | { kind: 'photos-wanted'; hashes: readonly PhotoHash[] }
  | { kind: 'photos'; photos: readonly Uint8Array[] }

export interface HeldSignatures {
  readonly id: ProposalId
  /** Keys, 32 bytes in hex each. */
  readonly signers: readonly string[]
}

const fieldsOf = (frame: SyncFrame): readonly CanonicalValue[] => {
  switch (frame.kind) {
    case 'versions':
      return [encodeVersions(frame.versions)]
    case 'bundle-wanted':
      return []
    case 'bundle':
      return [frame.bundle]
    case 'delta-wanted':
      return [frame.base.rootVersion, frame.base.listVersion, fromHex(frame.base.listHash)]
    case 'delta':
      return [frame.delta]
    case 'history-wanted':
      return [fromHex(frame.listHash)]
    case 'history':
      return [[...frame.steps]]
    case 'notice-ids':
      return [frame.ids.map(fromHex)]
    case 'notices':
      return [[...frame.notices], frame.lacking.map(fromHex)]
    case 'notices-lacking':
      return [[...frame.notices]]
    case 'proposal-ids':
      return [frame.held.map(({ id, signers }) => [fromHex(id), signers.map(fromHex)])]
    case 'proposals':
      return [[...frame.proposals]]
    case 'photos-wanted':
      return [frame.hashes.map(fromHex)]
    case 'photos':
      return [[...frame.photos]]
  }
}

export const encodeSyncFrame = (frame: SyncFrame): Uint8Array<ArrayBuffer> =>
  encodeCanonical([kinds[frame.kind], ...fieldsOf(frame)])

const malformed = (what: string) => new LanyardError('document-malformed', `A sync frame with ${what}`)

const readId = <Id extends string>(value: unknown, size: number): Id => {
  const bytes = readBlob(value, size, 'id')
  if (bytes.length !== size) throw malformed('an id of another length')
  return toHex(bytes) as Id
}

const readBlobs = (value: unknown, count: number, size: number): Uint8Array[] =>
  readList(value, count, 'list').map(each => readBlob(each, size, 'entry'))

const readIds = <Id extends string>(value: unknown, count: number, size: number): Id[] =>
  readList(value, count, 'ids').map(each => readId<Id>(each, size))

/** Throws `document-malformed`, `document-too-large`. */
export const decodeSyncFrame = (bytes: Uint8Array): SyncFrame => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_BUNDLE_BYTES })
  const [kind] = readList(value, 4, 'sync frame')
  const fields = (count: number) => readTuple(value, count + 1, 'sync frame').slice(1)
  switch (kind) {
    case kinds.versions:
      return { kind: 'versions', versions: decodeVersions(readBlob(fields(1)[0], MAX_VERSIONS_BYTES, 'versions')) }
    case kinds['bundle-wanted']:
      fields(0)
      return { kind: 'bundle-wanted' }
    case kinds.bundle:
      return { kind: 'bundle', bundle: readBlob(fields(1)[0], MAX_BUNDLE_BYTES, 'bundle') }
    case kinds['delta-wanted']: {
      const [root, list, hash] = fields(3)
      const base = {
        rootVersion: readInteger(root, 'root version'),
        listVersion: readInteger(list, 'list version'),
        listHash: readId(hash, 32),
      }
      return { kind: 'delta-wanted', base }
    }
    case kinds.delta:
      return { kind: 'delta', delta: readBlob(fields(1)[0], MAX_BUNDLE_BYTES, 'delta') }
    case kinds['history-wanted']:
      return { kind: 'history-wanted', listHash: readId(fields(1)[0], 32) }
    case kinds.history:
      return { kind: 'history', steps: readBlobs(fields(1)[0], MAX_STEPS, MAX_BUNDLE_BYTES) }
    case kinds['notice-ids']:
      return { kind: 'notice-ids', ids: readIds(fields(1)[0], MAX_NOTICES, 16) }
    case kinds.notices: {
      const [notices, lacking] = fields(2)
      return {
        kind: 'notices',
        notices: readBlobs(notices, MAX_NOTICES, MAX_NOTICE_BYTES),
        lacking: readIds(lacking, MAX_NOTICES, 16),
      }
    }
    case kinds['notices-lacking']:
      return { kind: 'notices-lacking', notices: readBlobs(fields(1)[0], MAX_NOTICES, MAX_NOTICE_BYTES) }
    case kinds['proposal-ids']: {
      const held = readList(fields(1)[0], MAX_PROPOSALS, 'proposals').map(each => {
        const [id, signers] = readTuple(each, 2, 'proposal')
        return { id: readId<ProposalId>(id, 32), signers: readIds<string>(signers, MAX_SIGNERS, 32) }
      })
      return { kind: 'proposal-ids', held }
    }
    case kinds.proposals:
      return { kind: 'proposals', proposals: readBlobs(fields(1)[0], MAX_PROPOSALS, MAX_BUNDLE_BYTES) }
    case kinds['photos-wanted']:
      return { kind: 'photos-wanted', hashes: readIds(fields(1)[0], MAX_PHOTOS_ASKED, 32) }
    case kinds.photos:
      return { kind: 'photos', photos: readBlobs(fields(1)[0], MAX_PHOTOS_ASKED, MAX_PHOTO_BYTES) }
    default:
      throw malformed('an unknown type')
  }
}

/** Throws also where the other side answers something else than it was asked for. */
export const decodeSyncAnswer = <Kind extends SyncFrame['kind']>(
  bytes: Uint8Array,
  ...expected: readonly Kind[]
): Extract<SyncFrame, { kind: Kind }> => {
  const answer = decodeSyncFrame(bytes)
  const isExpected = (frame: SyncFrame): frame is Extract<SyncFrame, { kind: Kind }> =>
    expected.some(kind => kind === frame.kind)
  if (!isExpected(answer)) throw malformed(`'${answer.kind}' where '${expected.join("' or '")}' was asked for`)
  return answer
}
