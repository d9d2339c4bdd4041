import { type CryptoProvider, utf8, wipe } from '../crypto/index.ts'
import { assertInvitationOpen, parseInvitation } from '../org/index.ts'
import type { EngineOutput } from '../shared/contract/engine.ts'
import type { Message, Status } from '../shared/contract/entities.ts'
import type { FeedCursor } from '../shared/contract/feed.ts'
import { type ErrorCode, isLanyardError, LanyardError } from '../shared/errors.ts'
import { createInTurn } from '../shared/in-turn.ts'
import type { Log } from '../shared/log.ts'
import type { Asked } from './administration/asked.ts'
import { createEmitter } from './emitter.ts'
import { checkPassphrase } from './profile/passphrase.ts'
import type { Profile } from './profile/profile.ts'
import { openSession, type Session } from './session.ts'
import type { NetworkOptions } from './session-network.ts'
import { statusOf } from './status/status.ts'

export interface EngineCoreInit {
  profile: Profile
  provider: CryptoProvider
  network: NetworkOptions
  /** Of this PC, for the first device of an organisation. */
  deviceName: string
  now(): number
  log: Log
}

export interface ReceivedMessage {
  message: Message
  authorName: string
}

/** A profile through its states empty, locked and open, and what clients are told about it. */
export interface EngineCore {
  readonly provider: CryptoProvider
  readonly deviceName: string
  now(): number
  session(): Session | undefined
  status(): Promise<Status>
  createProfile(passphrase: string | null): Promise<void>
  unlock(passphrase: string): Promise<void>
  /** Opens a profile that needs nobody at the screen; a failure becomes the status's problem. */
  openByItself(): Promise<void>
  lock(): Promise<void>
  /**
   * Puts the profile of a removed device away, so that another one can begin: its keys are never listed again. Throws
   * `not-joined` where nothing was joined, `already-joined` for a member.
   */
  setAside(passphrase: string | null): Promise<{ folder: string }>
  /** 32 bytes, derived from the profile key. Throws `profile-locked`. */
  cacheKey(): Uint8Array<ArrayBuffer>
  /** Throws `invitation-malformed`, `invitation-expired`. */
  previewInvitation(link: string): EngineOutput<'join.preview'>
  onStatusChanged(listener: () => void): () => void
  onFeedAdvanced(listener: (cursor: FeedCursor) => void): () => void
  onReceived(listener: (received: ReceivedMessage) => void): () => void
  onAsked(listener: (asked: Asked) => void): () => void
}

interface Open {
  session: Session
  cacheKey: Uint8Array<ArrayBuffer>
}

export const createEngineCore = (init: EngineCoreInit): EngineCore => {
  const { profile, provider, network, deviceName, now, log } = init
  const statusChanged = createEmitter()
  const feedAdvanced = createEmitter<FeedCursor>()
  const received = createEmitter<ReceivedMessage>()
  const asked = createEmitter<Asked>()
  let open: Open | undefined
  let problem: ErrorCode | null = null
  let networkState: Status['network']['state'] = 'stopped'
  let networkSince = now()
  /** Creating, opening and locking: two clients may ask at the same time. */
  const inTurn = createInTurn()

  const noteNetworkState = () => {
    const state = open?.session.network.status().state ?? 'stopped'
    if (state === networkState) return
    networkState = state
    networkSince = now()
  }

  const onSessionChanged = () => {
    noteNetworkState()
    statusChanged.emit()
  }

  const nameOf = (session: Session, author: Message['author']) =>
    session.member()?.membership.trusted().people.get(author)?.name ?? '?'

  const openWith = async (key: Uint8Array) => {
    const cacheKey = provider.hkdfSha256(key, new Uint8Array(32), utf8('lanyard/cache-key/1'), 32)
    const session = await openSession({
      databasePath: profile.databasePath,
      key,
      provider,
      network,
      now,
      log,
      onReceived: message => {
        if (open !== undefined && open.session.member()?.lease.isOver() !== true)
          received.emit({ message, authorName: nameOf(open.session, message.author) })
      },
      onAsked: asked.emit,
    })
    open = { session, cacheKey: new Uint8Array(cacheKey) }
    problem = null
    session.onStatusChanged(onSessionChanged)
    session.store.onChanged(sequence => feedAdvanced.emit(session.feed.cursorAt(sequence)))
    onSessionChanged()
  }

  const lock = async () => {
    if (open === undefined) return
    const { session, cacheKey } = open
    open = undefined
    wipe(cacheKey)
    await session.close()
    onSessionChanged()
  }

  const setAside = async (passphrase: string | null) => {
    const member = open?.session.member()
    if (member === undefined) throw new LanyardError('not-joined', 'This profile belongs to no organisation yet')
    if (member.membership.isMember()) throw new LanyardError('already-joined', 'This device is on the contact list')
    if (passphrase !== null) checkPassphrase(passphrase)
    await lock()
    try {
      const day = new Date(now()).toISOString().slice(0, 10)
      return { folder: await profile.setAside(`removed-${day}`, passphrase) }
    } finally {
      statusChanged.emit()
    }
  }

  const unlock = async (passphrase: string) => {
    if (open !== undefined) return
    try {
      await openWith(await profile.unlock(passphrase))
    } catch (error) {
      const code = isLanyardError(error) ? error.code : 'internal'
      if (code !== 'passphrase-wrong') problem = code // a standing fault; a slip of the fingers is none
      statusChanged.emit()
      throw error
    }
  }

  return {
    provider,
    deviceName,
    now,
    session: () => open?.session,
    status: async () =>
      statusOf({
        profile: {
          state: open !== undefined ? 'open' : profile.exists() ? 'locked' : 'empty',
          protection: profile.protection(),
          keychainAvailable: await profile.keychainAvailable(),
        },
        session: open?.session,
        networkSince,
        problem,
        now: now(),
      }),
    createProfile: passphrase => inTurn(async () => openWith(await profile.create(passphrase))),
    unlock: passphrase => inTurn(() => unlock(passphrase)),
    openByItself: () =>
      inTurn(async () => {
        if (profile.exists() && profile.protection() === null) problem = 'profile-corrupt'
        if (!profile.opensByItself()) return
        try {
          await unlock('')
        } catch (error) {
          if (!isLanyardError(error)) throw error
          log.error({ code: error.code }, 'the profile cannot be opened')
        }
      }),
    lock: () => inTurn(lock),
    setAside: passphrase => inTurn(() => setAside(passphrase)),
    cacheKey() {
      if (open === undefined) throw new LanyardError('profile-locked', 'The profile is not open')
      return open.cacheKey
    },
    previewInvitation(link) {
      const invitation = parseInvitation(provider, link)
      assertInvitationOpen(invitation, now())
      const { organisationName: organisation, name, title, department, expires: expiresAt } = invitation
      return { organisation, name, title, department, expiresAt }
    },
    onStatusChanged: statusChanged.on,
    onFeedAdvanced: feedAdvanced.on,
    onReceived: received.on,
    onAsked: asked.on,
  }
}
