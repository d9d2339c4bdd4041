import type { CryptoProvider } from '../../../crypto/index.ts'
import { compareVersions, NO_DIGEST, type Versions, versionsOf } from '../../../org/index.ts'
import { isLanyardError } from '../../../shared/errors.ts'
import type { DeviceId } from '../../../shared/ids.ts'
import type { Log } from '../../../shared/log.ts'
import type { Store } from '../../storage/store.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { ProposalBoard } from '../boards/proposal-board.ts'
import { mayReadProposals } from '../boards/proposal-readers.ts'
import type { Membership } from '../list/membership.ts'
import type { DeviceVersions } from './device-versions.ts'
import { createFarewell } from './farewell.ts'
import { createHistoryFetch } from './history-fetch.ts'
import { createIgnoredDevices } from './ignored-devices.ts'
import { createPhotos, type Photos } from './photos.ts'
import { createSyncAnswers, type SyncAnswers } from './sync-answers.ts'
import { createAskPeer } from './sync-asking.ts'
import { createDocumentSync } from './sync-documents.ts'
import { createNoticeSync } from './sync-notices.ts'
import { createProposalSync } from './sync-proposals.ts'
import { createTelling } from './sync-telling.ts'

/** Milliseconds for versions, a few hundred bytes. */
const VERSIONS_TIMEOUT = 10_000

export interface SyncInit {
  store: Store
  provider: CryptoProvider
  membership: Membership
  notices: NoticeBoard
  proposals: ProposalBoard
  deviceVersions: DeviceVersions
  /** One request and its one answer on /lanyard/org/1. Rejects with `network-failed`. */
  ask(device: DeviceId, request: Uint8Array, signal: AbortSignal): Promise<Uint8Array>
  connected(): readonly DeviceId[]
  log: Log
}

/** Spreads what the organisation says, and what its members carry: whoever is behind asks, whoever has news says so. */
export interface Sync {
  readonly photos: Photos
  /** Of this device, for a hello: what waits for signatures is not told before it is known who reads. */
  ownVersions(): Versions
  /** With the versions of the device's hello. */
  onConnected(device: DeviceId, versions: Versions): void
  onDisconnected(device: DeviceId): void
  readonly answer: SyncAnswers
  /** Tells connected devices that lack something at once, and soon those that should know how far this one is. */
  announce(): void
  /** Hands the list to devices that it removes, so that they know, and waits a moment for them. */
  sayFarewell(devices: readonly DeviceId[]): Promise<void>
  stop(): void
}

export const createSync = (init: SyncInit): Sync => {
  const { store, provider, membership, notices, proposals, deviceVersions, ask, connected, log } = init
  const stopping = new AbortController()
  /** What each connected device said last; a claim, good enough to spare it news that it has. */
  const claims = new Map<DeviceId, Versions>()
  const claimOf = (device: DeviceId) => claims.get(device)
  const noteClaim = (device: DeviceId, versions: Versions) => {
    claims.set(device, versions)
    deviceVersions.note(device, versions.list)
  }
  const askPeer = createAskPeer({ ask, stopping: stopping.signal })

  const ignoredFor = {
    documents: createIgnoredDevices('documents', log),
    notices: createIgnoredDevices('notices', log),
    proposals: createIgnoredDevices('proposals', log),
    history: createIgnoredDevices('older versions', log),
    photos: createIgnoredDevices('pictures', log),
  }
  const common = { membership, askPeer, claimOf, log }
  const documents = createDocumentSync({
    ...common,
    ignored: ignoredFor.documents,
    onTakenFrom: device => telling.noteTakenFrom(device),
  })
  const noticeSync = createNoticeSync({
    ...common,
    self: membership.self.deviceId,
    provider,
    notices,
    noteClaim,
    ignored: ignoredFor.notices,
  })
  const proposalSync = createProposalSync({ ...common, provider, proposals, ignored: ignoredFor.proposals })
  const history = createHistoryFetch({
    history: membership.history,
    askPeer,
    whoHas: version => connected().filter(device => (claims.get(device)?.list ?? 0) >= version),
    ignored: ignoredFor.history,
    log,
  })
  const photos = createPhotos({
    store,
    provider,
    trusted: membership.trusted,
    askPeer,
    ignored: ignoredFor.photos,
    log,
  })
  const sayFarewell = createFarewell({ ...common, connected })

  const ownFor = (device: DeviceId | null) =>
    versionsOf(membership.trusted(), {
      notices: noticeSync.digest(),
      proposals: device === null ? NO_DIGEST : proposalSync.digestFor(device),
    })

  /** Nobody waits for the work that this ends, so that even a bug must not be thrown on: it would end the process. */
  const inBackground = (device: DeviceId, what: string, work: Promise<void>) => {
    work.catch((error: unknown) => {
      if (!isLanyardError(error)) log.error({ device, error }, what)
      else if (!stopping.signal.aborted) log.warn({ device, code: error.code, error: error.message }, what)
    })
  }

  /** Documents first: what notices and proposals are judged by. */
  const evenOut = async (device: DeviceId) => {
    await documents.catchUp(device)
    await Promise.all([noticeSync.evenOut(device), proposalSync.fetch(device)])
    history.start()
    await photos.fetchFrom(device)
  }

  const consider = (device: DeviceId, versions: Versions) => {
    noteClaim(device, versions)
    inBackground(device, 'news of a device could not be fetched', evenOut(device))
  }

  const tell = async (device: DeviceId) => {
    const own = ownFor(device)
    telling.noteTold(device, own)
    try {
      const { versions } = await askPeer(device, { kind: 'versions', versions: own }, ['versions'], VERSIONS_TIMEOUT)
      if (connected().includes(device)) consider(device, versions)
    } catch (error) {
      telling.noteUntold(device)
      throw error
    }
  }

  const tellInBackground = (device: DeviceId) =>
    inBackground(device, 'news of the organisation could not be told', tell(device))

  const telling = createTelling({
    own: () => versionsOf(membership.trusted()),
    connected,
    isOverseer: device => mayReadProposals(membership.trusted(), device),
    tell: tellInBackground,
  })

  const lacksSomething = (device: DeviceId) => {
    const [mine, theirs] = [ownFor(device), claims.get(device)]
    if (theirs === undefined) return true
    // seen from there: it may know more in something else
    const theirView = compareVersions(theirs, mine)
    if (theirView === 'behind' || theirView === 'fork') return true
    // its list counts further, and yet the root may have disowned it: only there that is known
    if (theirs.list > mine.list && theirs.root <= mine.root && !telling.hasHeard(device)) return true
    return mine.notices !== theirs.notices || mine.proposals !== theirs.proposals
  }

  const answer = createSyncAnswers({
    membership,
    documents,
    notices: noticeSync,
    proposals: proposalSync,
    photos,
    onVersions: consider,
    versionsFor(device) {
      const versions = ownFor(device)
      telling.noteTold(device, versions)
      return versions
    },
  })

  return {
    photos,
    ownVersions: () => ownFor(null),
    onConnected(device, versions) {
      // a hello says nothing of proposals, and what it has told us since may have come first
      consider(device, { ...versions, proposals: claims.get(device)?.proposals ?? versions.proposals })
      if (proposalSync.digestFor(device) !== NO_DIGEST) tellInBackground(device)
    },
    onDisconnected(device) {
      claims.delete(device)
      telling.onDisconnected(device)
      deviceVersions.noteGone(device)
      noticeSync.onDisconnected(device)
      proposalSync.onDisconnected(device)
    },
    answer,
    announce() {
      for (const device of connected()) if (lacksSomething(device)) tellInBackground(device)
      telling.tellSoon()
    },
    sayFarewell,
    stop() {
      stopping.abort(new Error('the profile is locked'))
      history.stop()
      telling.stop()
      noticeSync.stop()
      for (const ignored of Object.values(ignoredFor)) ignored.stop()
    },
  }
}
