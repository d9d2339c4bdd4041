import {
  type ApplyResult,
  compareVersions,
  needsNewList,
  needsWholeBundle,
  type RefusalReason,
  type Versions,
  versionsOf,
} from '../../../org/index.ts'
import { isLanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { DeltaWanted } from '../list/deltas.ts'
import type { Membership } from '../list/membership.ts'
import type { IgnoredDevices } from './ignored-devices.ts'
import type { AskPeer } from './sync-asking.ts'
import type { SyncFrame } from './sync-frame.ts'

/** Milliseconds for a delta or a whole bundle of up to 16 MiB. */
const DOCUMENTS_TIMEOUT = 60_000

/** Every device verifies what it hands on, so that no honest one has such a bundle. The other reasons are a matter of state. */
const dishonest: ReadonlySet<RefusalReason> = new Set([
  'malformed',
  'signature-invalid',
  'signature-duplicate',
  'merkle-mismatch',
  'count-mismatch',
  'policy-mismatch',
])

export interface DocumentSyncInit {
  membership: Membership
  askPeer: AskPeer
  /** What a device said last of itself. */
  claimOf(device: DeviceId): Versions | undefined
  ignored: IgnoredDevices
  /** After something newer of a device's documents was taken over. */
  onTakenFrom(device: DeviceId): void
  log: Log
}

/** Orders, roots, list and freshness: whoever is behind asks for what came since. */
export interface DocumentSync {
  /** Asks the device where its newest claim says that it has more. Resolves when there is nothing more to have of it. */
  catchUp(device: DeviceId): Promise<void>
  /** What the device lacks, by what it says that it has. */
  answer(base: DeltaWanted): SyncFrame
  bundle(): SyncFrame
  /** What a device hands over without being asked: this device may not ask it any more. */
  takeOver(device: DeviceId, documents: Extract<SyncFrame, { kind: 'bundle' | 'delta' }>): Promise<void>
}

export const createDocumentSync = (init: DocumentSyncInit): DocumentSync => {
  const { membership, askPeer, claimOf, ignored, onTakenFrom, log } = init
  const pulling = new Map<DeviceId, Promise<void>>()

  const own = () => versionsOf(membership.trusted())

  const hasMore = (claim: Versions | undefined): claim is Versions => {
    const comparison = claim === undefined ? 'same' : compareVersions(own(), claim)
    return comparison === 'behind' || comparison === 'fork'
  }

  /** Lists that were asked for in place of the own one, which a root has disowned. */
  const lookedAt = { own: '', lists: new Set<string>() }

  /**
   * A root has disowned the own list: the other one may replace it, though it counts lower. Whoever is asked cannot see
   * that, and would take the own list for a newer one.
   */
  const mayReplace = (claim: Versions | undefined): boolean => {
    const { root, list, listHash } = own()
    if (claim === undefined || claim.root < root || claim.list > list || claim.listHash === listHash) return false
    if (!needsNewList(membership.trusted())) return false
    if (lookedAt.own !== `${root} ${listHash}`) lookedAt.lists.clear()
    lookedAt.own = `${root} ${listHash}`
    return !lookedAt.lists.has(claim.listHash)
  }

  /** An administrator who did not know the newest list yet has vouched for the one before: later, and no offence. */
  const isLaterWord = (claim: Versions, result: ApplyResult) =>
    claim.list < own().list && result.kind === 'refused' && result.reason === 'rollback'

  /** Not beyond the time: what it said meanwhile is looked at then. */
  const ignore = (device: DeviceId, why: string) => {
    const claim = claimOf(device)
    ignored.ignore(device, why, () => {
      if (claimOf(device) === claim) return
      catchUp(device).catch((error: unknown) => log.warn({ device, error }, 'newer documents could not be fetched'))
    })
  }

  const judge = (device: DeviceId, result: ApplyResult): ApplyResult => {
    if (result.kind !== 'unchanged' && result.changes !== null) onTakenFrom(device)
    for (const { reason, message } of result.droppedOrders)
      log.warn({ device, reason, message }, 'an order of another device was dropped')
    if (result.droppedOrders.some(({ reason }) => dishonest.has(reason))) ignore(device, 'forged orders')
    if (result.kind !== 'refused') return result
    log.warn({ device, reason: result.reason, message: result.message }, 'documents of another device were refused')
    if (dishonest.has(result.reason)) ignore(device, result.reason)
    return result
  }

  const takeWhole = async (device: DeviceId) => {
    const { bundle } = await askPeer(device, { kind: 'bundle-wanted' }, ['bundle'], DOCUMENTS_TIMEOUT)
    return judge(device, await membership.apply(bundle))
  }

  const take = async (device: DeviceId, answer: Extract<SyncFrame, { kind: 'bundle' | 'delta' }>) => {
    if (answer.kind === 'bundle') return judge(device, await membership.apply(answer.bundle))
    const result = await membership.applyDelta(answer.delta)
    if (!needsWholeBundle(result)) return judge(device, result)
    log.info(
      { device, reason: result.kind === 'refused' && result.reason },
      'a delta does not fit: asking for the whole',
    )
    return takeWhole(device)
  }

  const askForMore = async (device: DeviceId) => {
    const { root, list, listHash } = own()
    const base = { rootVersion: root, listVersion: list, listHash }
    return take(device, await askPeer(device, { kind: 'delta-wanted', base }, ['delta', 'bundle'], DOCUMENTS_TIMEOUT))
  }

  const pull = async (device: DeviceId) => {
    try {
      for (let claim = claimOf(device); claim !== undefined && !ignored.has(device); ) {
        const isReplacing = mayReplace(claim)
        if (!isReplacing && !hasMore(claim)) return
        if (isReplacing) lookedAt.lists.add(claim.listHash)
        const result = await (isReplacing ? takeWhole(device) : askForMore(device))
        if (hasMore(claim) && !isLaterWord(claim, result)) ignore(device, 'its documents have not what it claims')
        const newest = claimOf(device)
        if (newest === claim) return
        claim = newest // it said more while its answer was under way
      }
    } catch (error) {
      if (isLanyardError(error) && error.code === 'document-malformed') ignore(device, 'malformed')
      throw error
    }
  }

  const catchUp = (device: DeviceId): Promise<void> => {
    const underWay = pulling.get(device)
    if (underWay !== undefined) return underWay
    const started = pull(device).finally(() => pulling.delete(device))
    pulling.set(device, started)
    return started
  }

  return {
    catchUp,
    answer(base) {
      const delta = membership.deltaSince(base)
      return delta === undefined ? { kind: 'bundle', bundle: membership.bundle() } : { kind: 'delta', delta }
    },
    bundle: () => ({ kind: 'bundle', bundle: membership.bundle() }),
    async takeOver(device, documents) {
      if (ignored.has(device)) return
      const isWhole = documents.kind === 'bundle'
      judge(device, await (isWhole ? membership.apply(documents.bundle) : membership.applyDelta(documents.delta)))
    },
  }
}
