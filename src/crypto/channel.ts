import { equalBytes } from './bytes.ts'
import type { DeviceKeys, DevicePublicKeys } from './device-keys.ts'
import { decodeEnvelope } from './envelope.ts'
import { ARCHIVED_SESSION_LIFETIME, MAX_ARCHIVED_SESSIONS } from './limits.ts'
import type { CryptoProvider } from './provider.ts'
import { isSessionDue, type Session } from './session.ts'
import { encodeSession } from './session-codec.ts'

/**
 * Everything between this device and one other: the session that is sealed with, older ones that may still receive,
 * and what guards against replay. A value: every operation answers a new one.
 */
export interface Channel {
  readonly current: Session | null
  /** Newest first, receive-only. */
  readonly archived: readonly ArchivedSession[]
  /** The highest generation seen or made. */
  readonly generation: number
  /** Handshakes of the peer that were accepted and whose prekeys live. */
  readonly accepted: readonly AcceptedHandshake[]
  /** Handshakes with prekeys before this epoch are refused: what was accepted of them is no longer remembered. */
  readonly oldestEpoch: number
  /** The peer's one-time key that was used last, 32 bytes: never used twice. */
  readonly usedOneTimeKey: Uint8Array | null
}

/** Encoded, so that storing a channel costs the same however many sessions it has. */
export interface ArchivedSession {
  readonly id: Uint8Array
  /** Milliseconds since 1970. */
  readonly archivedAt: number
  readonly state: Uint8Array
}

export interface AcceptedHandshake {
  /** A hash over EK among others, see `HandshakeSecret`. */
  readonly sessionId: Uint8Array
  readonly epoch: number
}

/** What the operations on a channel need from outside. */
export interface ChannelContext {
  readonly provider: CryptoProvider
  readonly self: DeviceKeys
  /** As the contact list names them. */
  readonly peer: DevicePublicKeys
  /** Milliseconds since 1970. */
  readonly now: number
}

export const emptyChannel = (): Channel => ({
  current: null,
  archived: [],
  generation: 0,
  accepted: [],
  oldestEpoch: 0,
  usedOneTimeKey: null,
})

/** True when the next message should open a new session: pass the peer's prekeys to `sealToPeer` then. */
export const needsRenewal = ({ current }: Channel, now: number): boolean =>
  current !== null && isSessionDue(current, now)

/** Puts a session among those that only receive. */
export const archiveSession = (
  archived: readonly ArchivedSession[],
  session: Session,
  now: number,
): readonly ArchivedSession[] =>
  [{ id: session.id, archivedAt: now, state: encodeSession(session) }, ...archived].slice(0, MAX_ARCHIVED_SESSIONS)

/**
 * Forgets sessions that were archived 30 days ago. Sealing and opening do it by themselves; a channel that is idle needs
 * to be asked. Answers the same channel when there is nothing to forget.
 */
export const forgetOldSessions = (channel: Channel, now: number): Channel => {
  const isAlive = ({ archivedAt }: ArchivedSession) => now - archivedAt < ARCHIVED_SESSION_LIFETIME
  return channel.archived.every(isAlive) ? channel : { ...channel, archived: channel.archived.filter(isAlive) }
}

/**
 * The peer's device acknowledged (over its authenticated stream) that it has stored this envelope, hence its session:
 * the handshake need not be repeated any longer, also when only one side talks. Answers the same channel when nothing
 * changes. Throws `document-malformed` for what is not an envelope.
 */
export const noteAcknowledged = (channel: Channel, envelope: Uint8Array): Channel => {
  const { current } = channel
  if (current === null || current.handshake === null) return channel
  if (!equalBytes(decodeEnvelope(envelope).header.sessionId, current.id)) return channel
  return { ...channel, current: { ...current, handshake: null } }
}
