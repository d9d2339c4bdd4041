import { isLanyardError } from '../shared/errors.ts'
import { adoptSession } from './adopt-session.ts'
import { equalBytes } from './bytes.ts'
import { type Channel, type ChannelContext, forgetOldSessions } from './channel.ts'
import { decodeEnvelope, type Envelope } from './envelope.ts'
import { answerHandshake, type HandshakeHeader } from './handshake.ts'
import { decodeHandshake } from './handshake-codec.ts'
import type { PrekeySecrets } from './prekey-secrets.ts'
import { responderRatchet } from './ratchet.ts'
import { makeRoom } from './replay-guard.ts'
import { openInSession, type Session } from './session.ts'
import { decodeSession, encodeSession } from './session-codec.ts'

/**
 * Why an envelope cannot be opened.
 * - `malformed`: not an envelope.
 * - `duplicate`: its key was used before, or was given up after 30 days.
 * - `too-far-ahead`: more than 1,000 messages before it are missing.
 * - `not-authentic`: changed on the way, or from a state of the peer that went back in time.
 * - `unknown-session`: this device no longer has the session.
 * - `prekey-gone`: the handshake is for prekeys that this device no longer has.
 * - `replayed`: the handshake was accepted before and its session is gone.
 * - `too-many-handshakes`: the replay guard is full; new prekeys (`rotatePrekeys` with force) make room.
 */
export type UnopenableReason =
  | 'malformed'
  | 'duplicate'
  | 'too-far-ahead'
  | 'not-authentic'
  | 'unknown-session'
  | 'prekey-gone'
  | 'replayed'
  | 'too-many-handshakes'

export type Opened =
  | {
      readonly kind: 'opened'
      /** To be stored before the envelope is acknowledged. */
      readonly channel: Channel
      readonly plaintext: Uint8Array
      /** A one-time key of this device: forget it (`spendOneTimeKey`) in the same transaction. */
      readonly spentOneTimeKey?: number
      /** Secrets of the old channel: `wipe` them once the new one is stored. */
      readonly spent: readonly Uint8Array[]
    }
  | {
      readonly kind: 'unopenable'
      readonly reason: UnopenableReason
      /** True when a signed reset lets the peer start anew and send again what was not acknowledged. */
      readonly resetHelps: boolean
    }

const unopenable = (reason: UnopenableReason): Opened => ({
  kind: 'unopenable',
  reason,
  resetHelps: reason !== 'malformed' && reason !== 'replayed',
})

/** Opens one envelope of the peer. Never throws for what a peer sends; the given channel stays as it was. */
export const openFromPeer = (
  context: ChannelContext,
  given: Channel,
  bytes: Uint8Array,
  prekeys: PrekeySecrets,
): Opened => {
  const channel = forgetOldSessions(given, context.now)
  const envelope = tolerant(() => decodeEnvelope(bytes))
  if (envelope === undefined) return unopenable('malformed')
  const { sessionId } = envelope.header
  if (channel.current !== null && equalBytes(channel.current.id, sessionId))
    return openInCurrent(context, channel, channel.current, envelope)
  const archivedAt = channel.archived.findIndex(({ id }) => equalBytes(id, sessionId))
  if (archivedAt !== -1) return openInArchived(context, channel, archivedAt, envelope)
  if (envelope.handshake.length === 0) return unopenable('unknown-session')
  const handshake = tolerant(() => decodeHandshake(envelope.handshake))
  if (handshake === undefined) return unopenable('malformed')
  return acceptSession(context, channel, envelope, handshake, prekeys)
}

/** Undefined for input that only a broken or dishonest peer sends; bugs stay loud. */
const tolerant = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch (error) {
    if (isLanyardError(error) && error.code !== 'internal') return undefined
    throw error
  }
}

const openInCurrent = (
  { provider, now }: ChannelContext,
  channel: Channel,
  current: Session,
  envelope: Envelope,
): Opened => {
  if (envelope.header.generation !== current.generation) return unopenable('not-authentic')
  const opened = openInSession(provider, current, envelope, now)
  if (opened.kind === 'refused') return unopenable(opened.reason)
  const { session, plaintext, spent } = opened
  return { kind: 'opened', channel: { ...channel, current: session }, plaintext, spent }
}

const openInArchived = (
  { provider, now }: ChannelContext,
  channel: Channel,
  index: number,
  envelope: Envelope,
): Opened => {
  const entry = channel.archived[index]
  if (entry === undefined) return unopenable('unknown-session')
  const opened = openInSession(provider, decodeSession(entry.state), envelope, now)
  if (opened.kind === 'refused') return unopenable(opened.reason)
  const archived = channel.archived.with(index, { ...entry, state: encodeSession(opened.session) })
  return {
    kind: 'opened',
    channel: { ...channel, archived },
    plaintext: opened.plaintext,
    spent: [...opened.spent, entry.state],
  }
}

const acceptSession = (
  context: ChannelContext,
  channel: Channel,
  envelope: Envelope,
  handshake: HandshakeHeader,
  prekeys: PrekeySecrets,
): Opened => {
  const { provider, self, peer, now } = context
  const { sessionId, generation } = envelope.header
  if (channel.accepted.some(known => equalBytes(known.sessionId, sessionId))) return unopenable('replayed')
  if (handshake.epoch < channel.oldestEpoch) return unopenable('prekey-gone')
  const guard = makeRoom(channel, handshake.epoch, prekeys)
  if (guard === undefined) return unopenable('too-many-handshakes')
  const answer = tolerant(() => ({ secret: answerHandshake({ provider, self, peer, header: handshake, prekeys }) }))
  if (answer === undefined) return unopenable('not-authentic')
  if (answer.secret === undefined) return unopenable('prekey-gone')
  const { rootKey, associatedData, signedPrekey, sessionId: derivedId } = answer.secret
  if (!equalBytes(derivedId, sessionId)) return unopenable('not-authentic')
  const session: Session = {
    id: derivedId,
    generation,
    associatedData,
    createdAt: now,
    handshake: null,
    messages: 0,
    ratchet: responderRatchet(rootKey, signedPrekey),
  }
  const opened = openInSession(provider, session, envelope, now)
  if (opened.kind === 'refused') return unopenable(opened.reason)
  return {
    kind: 'opened',
    channel: {
      ...adoptSession(channel, opened.session, now),
      ...guard,
      accepted: [...guard.accepted, { sessionId: derivedId, epoch: handshake.epoch }],
    },
    plaintext: opened.plaintext,
    spent: opened.spent,
    ...(handshake.oneTimeId === null ? {} : { spentOneTimeKey: handshake.oneTimeId }),
  }
}
