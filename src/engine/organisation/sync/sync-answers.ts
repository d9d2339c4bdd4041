import type { Versions } from '../../../org/index.ts'
import { LanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Membership } from '../list/membership.ts'
import { createBudgets } from './budgets.ts'
import type { Photos } from './photos.ts'
import type { DocumentSync } from './sync-documents.ts'
import { decodeSyncFrame, encodeSyncFrame, type SyncFrame } from './sync-frame.ts'
import type { NoticeSync } from './sync-notices.ts'
import type { ProposalSync } from './sync-proposals.ts'

/**
 * Questions of one device whose answer takes reading many rows or sending megabytes. A device that comes back asks for its
 * documents once, and for the history of years in some hundred steps.
 */
const DEAR_QUESTIONS = { burst: 1_000, perMinute: 300 } as const
const dear: ReadonlySet<SyncFrame['kind']> = new Set([
  'bundle-wanted',
  'delta-wanted',
  'history-wanted',
  'proposal-ids',
  'bundle',
  'delta',
])

export interface SyncAnswersInit {
  membership: Pick<Membership, 'directory' | 'history'>
  documents: Pick<DocumentSync, 'answer' | 'bundle' | 'takeOver'>
  notices: Pick<NoticeSync, 'answerIds' | 'takeOver'>
  proposals: Pick<ProposalSync, 'answer'>
  photos: Pick<Photos, 'answer'>
  /** The device says what it has. */
  onVersions(device: DeviceId, versions: Versions): void
  /** What this one has, which the device takes note of. */
  versionsFor(device: DeviceId): Versions
}

/**
 * Answers one request of a member's device on /lanyard/org/1. Rejects with `removed` where the device is not on the list,
 * `network-failed` where it asks too much, `document-malformed`.
 */
export type SyncAnswers = (device: DeviceId, request: Uint8Array) => Promise<Uint8Array>

export const createSyncAnswers = (init: SyncAnswersInit): SyncAnswers => {
  const { membership, documents, notices, proposals, photos, onVersions, versionsFor } = init
  const questions = createBudgets({ ...DEAR_QUESTIONS, elapsed: () => performance.now() })

  const versions = (device: DeviceId): SyncFrame => ({ kind: 'versions', versions: versionsFor(device) })

  const answerTo = async (device: DeviceId, request: SyncFrame): Promise<SyncFrame> => {
    switch (request.kind) {
      case 'versions':
        onVersions(device, request.versions)
        return versions(device)
      case 'bundle-wanted':
        return documents.bundle()
      case 'delta-wanted':
        return documents.answer(request.base)
      case 'bundle':
      case 'delta':
        await documents.takeOver(device, request)
        return versions(device)
      case 'history-wanted':
        return { kind: 'history', steps: membership.history.stepsBefore(request.listHash) }
      case 'notice-ids':
        return notices.answerIds(request.ids)
      case 'notices-lacking':
        await notices.takeOver(device, request.notices)
        return versions(device)
      case 'proposal-ids':
        return proposals.answer(device, request.held)
      case 'photos-wanted':
        return photos.answer(request.hashes)
      case 'history':
      case 'notices':
      case 'proposals':
      case 'photos':
        throw new LanyardError('document-malformed', `'${request.kind}' is no question`)
    }
  }

  return async (device, bytes) => {
    if (membership.directory.personOf(device) === undefined)
      throw new LanyardError('removed', 'This device is not on the list')
    const request = decodeSyncFrame(bytes)
    if (dear.has(request.kind)) {
      if (!questions.hasAny(device)) throw new LanyardError('network-failed', 'This device asks too much')
      questions.spend(device, 1)
    }
    return encodeSyncFrame(await answerTo(device, request))
  }
}
