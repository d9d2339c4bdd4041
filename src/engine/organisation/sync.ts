import { compareVersions, type RefusalReason, type Versions, versionsOf } from '../../org/index.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import type { Membership } from './membership.ts'
import { decodeSyncAnswer, decodeSyncFrame, encodeSyncFrame, type SyncFrame } from './sync-frame.ts'

/** Milliseconds for versions, a few hundred bytes, and for a whole bundle of up to 16 MiB. */
const VERSIONS_TIMEOUT = 10_000
const BUNDLE_TIMEOUT = 60_000

/** Milliseconds that a removed device has to take the list that removes it, before this device hangs up. */
const FAREWELL_TIMEOUT = 2_000

/** Milliseconds that nothing is taken from a device whose bundle or claim was false: verifying one costs up to a second. */
const IGNORED_FOR = 60_000

/** Every device verifies what it hands on, so that no honest one has such a bundle. The other reasons are a matter of state. */
const dishonest: ReadonlySet<RefusalReason> = new Set([
  'malformed',
  'signature-invalid',
  'signature-duplicate',
  'merkle-mismatch',
  'count-mismatch',
  'policy-mismatch',
])

export interface SyncInit {
  membership: Membership
  /** One request and its one answer on /lanyard/org/1. Rejects with `network-failed`. */
  ask(device: DeviceId, request: Uint8Array, signal: AbortSignal): Promise<Uint8Array>
  connected(): readonly DeviceId[]
  log: Log
}

/** Spreads the organisation's documents: whoever is behind asks, whoever has news says so. */
export interface Sync {
  /** With the versions of the device's hello. */
  onConnected(device: DeviceId, versions: Versions): void
  onDisconnected(device: DeviceId): void
  answer(device: DeviceId, request: Uint8Array): Promise<Uint8Array>
  /** Tells connected devices that are behind. */
  announce(): void
  /** Hands the list to devices that it removes, so that they know, and waits a moment for them. */
  sayFarewell(devices: readonly DeviceId[]): Promise<void>
  stop(): void
}

export const createSync = ({ membership, ask, connected, log }: SyncInit): Sync => {
  const stopping = new AbortController()
  /** What each connected device said last; a claim, good enough to spare it news that it has. */
  const theirs = new Map<DeviceId, Versions>()
  const pulling = new Set<DeviceId>()
  const ignored = new Map<DeviceId, NodeJS.Timeout>()

  const own = () => versionsOf(membership.trusted())
  const within = (timeout: number) => AbortSignal.any([stopping.signal, AbortSignal.timeout(timeout)])

  /** Nobody waits for the work that this ends, so that even a bug must not be thrown on: it would end the process. */
  const failed = (device: DeviceId, what: string) => (error: unknown) => {
    if (!isLanyardError(error)) log.error({ device, error }, what)
    else if (!stopping.signal.aborted) log.warn({ device, code: error.code, error: error.message }, what)
  }

  /** Not beyond the time: what it said meanwhile is looked at then. */
  const ignore = (device: DeviceId, why: string) => {
    if (ignored.has(device) || stopping.signal.aborted) return
    log.warn({ device, why }, 'documents of a device are ignored for a while')
    const claim = theirs.get(device)
    const timer = setTimeout(() => {
      ignored.delete(device)
      const newest = theirs.get(device)
      if (newest !== undefined && newest !== claim) consider(device, newest)
    }, IGNORED_FOR)
    timer.unref()
    ignored.set(device, timer)
  }

  const takeOver = async (device: DeviceId, bundle: Uint8Array) => {
    if (ignored.has(device)) return
    const result = await membership.apply(bundle)
    if (result.kind !== 'refused') return
    log.warn({ device, reason: result.reason, message: result.message }, 'documents of another device were refused')
    if (dishonest.has(result.reason)) ignore(device, result.reason)
  }

  /** What it claimed to have newer did not come with its bundle. */
  const wasFalse = (claim: Versions | undefined) => {
    const comparison = claim === undefined ? 'same' : compareVersions(own(), claim)
    return comparison === 'behind' || comparison === 'fork'
  }

  const hasNewClaim = (device: DeviceId, since: Versions | undefined) => {
    const claim = theirs.get(device)
    return claim !== undefined && claim !== since && compareVersions(own(), claim) === 'behind'
  }

  const pull = async (device: DeviceId) => {
    if (pulling.has(device) || ignored.has(device)) return
    pulling.add(device)
    try {
      let asked: Versions | undefined
      do {
        asked = theirs.get(device)
        const answer = await ask(device, encodeSyncFrame({ kind: 'bundle-wanted' }), within(BUNDLE_TIMEOUT))
        await takeOver(device, decodeSyncAnswer(answer, 'bundle').bundle)
        if (wasFalse(asked)) ignore(device, 'its bundle has not what it claims')
      } while (!ignored.has(device) && hasNewClaim(device, asked)) // it said more while its answer was under way
    } catch (error) {
      if (isLanyardError(error) && error.code === 'document-malformed') ignore(device, 'malformed')
      throw error
    } finally {
      pulling.delete(device)
    }
  }

  const consider = (device: DeviceId, versions: Versions) => {
    theirs.set(device, versions)
    const comparison = compareVersions(own(), versions)
    if (comparison === 'behind' || comparison === 'fork')
      pull(device).catch(failed(device, 'newer documents could not be fetched'))
  }

  const tell = async (device: DeviceId) => {
    const answer = await ask(device, encodeSyncFrame({ kind: 'versions', versions: own() }), within(VERSIONS_TIMEOUT))
    if (connected().includes(device)) consider(device, decodeSyncAnswer(answer, 'versions').versions)
  }

  const answerTo = async (device: DeviceId, request: SyncFrame): Promise<Uint8Array> => {
    switch (request.kind) {
      case 'bundle-wanted':
        return encodeSyncFrame({ kind: 'bundle', bundle: membership.bundle() })
      case 'versions':
        consider(device, request.versions)
        return encodeSyncFrame({ kind: 'versions', versions: own() })
      case 'bundle':
        await takeOver(device, request.bundle)
        return encodeSyncFrame({ kind: 'versions', versions: own() })
      default:
        throw new LanyardError('document-malformed', `'${request.kind}' is no question`)
    }
  }

  return {
    onConnected: consider,
    onDisconnected: device => void theirs.delete(device),
    async answer(device, bytes) {
      if (membership.directory.personOf(device) === undefined)
        throw new LanyardError('removed', 'This device is not on the list')
      return answerTo(device, decodeSyncFrame(bytes))
    },
    announce() {
      const mine = own()
      for (const device of connected()) {
        const known = theirs.get(device)
        if (known !== undefined && compareVersions(mine, known) !== 'ahead') continue
        tell(device).catch(failed(device, 'news of the organisation could not be told'))
      }
    },
    async sayFarewell(devices) {
      const request = encodeSyncFrame({ kind: 'bundle', bundle: membership.bundle() })
      await Promise.all(
        devices
          .filter(device => connected().includes(device))
          .map(device =>
            ask(device, request, within(FAREWELL_TIMEOUT)).then(
              () => undefined,
              failed(device, 'a removed device could not be told'),
            ),
          ),
      )
    },
    stop() {
      stopping.abort(new Error('the profile is locked'))
      for (const timer of ignored.values()) clearTimeout(timer)
    },
  }
}
