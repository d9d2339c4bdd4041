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
 * What each device may cost this one, in parts of a millisecond or two: pictures of 10,000 colleagues and the history of
 * years at once, and a twentieth of a processor for ever.
 */
const COSTS = { burst: 20_000, perMinute: 600 } as const

/** Bytes in and out that cost one, beside the question itself: encrypting them takes as long. */
const BYTES_OF_ONE = 32 * 1024

/** Beside that: documents that are verified, and answers that are put together from many rows. */
const dear: Partial<Record<SyncFrame['kind'], number>> = {
  bundle: 50,
  delta: 50,
  'delta-wanted': 5,
  'history-wanted': 5,
  'proposal-ids': 5,
}

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
  const costs = createBudgets({ ...COSTS, elapsed: () => performance.now() })

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
    if (!costs.hasAny(device)) throw new LanyardError('network-failed', 'This device asks too much')
    costs.spend(device, 1 + bytes.length / BYTES_OF_ONE)
    const request = decodeSyncFrame(bytes)
    costs.spend(device, dear[request.kind] ?? 0)
    const answer = encodeSyncFrame(await answerTo(device, request))
    costs.spend(device, answer.length / BYTES_OF_ONE)
    return answer
  }
}
