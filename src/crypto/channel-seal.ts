import { isLanyardError } from '../shared/errors.ts'
import { MAX_ENVELOPE_BYTES } from '../shared/limits.ts'
import { equalBytes } from './bytes.ts'
import { archiveSession, type Channel, type ChannelContext, forgetOldSessions, needsRenewal } from './channel.ts'
import { initiateHandshake } from './handshake.ts'
import { decodeHandshake, encodeHandshake } from './handshake-codec.ts'
import { MAX_UINT32, PREKEY_USABLE } from './limits.ts'
import type { PrekeyBundle } from './prekey-bundle.ts'
import { initiatorRatchet } from './ratchet.ts'
import { type Session, sealInSession } from './session.ts'

export type Sealed =
  | {
      readonly kind: 'sealed'
      /** To be stored before the envelope goes out. */
      readonly channel: Channel
      readonly envelope: Uint8Array
      /** Secrets of the old channel: `wipe` them once the new one is stored. */
      readonly spent: readonly Uint8Array[]
    }
  /** There is no session, and the peer's prekeys are not known, too old, or not such as an honest device makes. */
  | { readonly kind: 'prekeys-needed' }

/**
 * Seals one message. With `peerPrekeys` (verified) it opens a session where there is none, and renews one that is due;
 * a session that is due still serves while prekeys are missing. Throws RangeError when the envelope would be larger
 * than `MAX_ENVELOPE_BYTES`.
 */
export const sealToPeer = (
  context: ChannelContext,
  given: Channel,
  plaintext: Uint8Array,
  peerPrekeys?: PrekeyBundle,
): Sealed => {
  const before = forgetOldSessions(given, context.now)
  const wantsSession = before.current === null || isRenewalUseful(before, peerPrekeys, context.now)
  const channel = wantsSession && peerPrekeys ? (openSession(context, before, peerPrekeys) ?? before) : before
  if (channel.current === null) return { kind: 'prekeys-needed' }
  const { session, envelope, spent } = sealInSession(context.provider, channel.current, plaintext)
  if (envelope.length > MAX_ENVELOPE_BYTES)
    throw new RangeError(`Envelope of ${envelope.length} bytes where at most ${MAX_ENVELOPE_BYTES} are allowed`)
  return { kind: 'sealed', channel: { ...channel, current: session }, envelope, spent }
}

/** A session that the peer has not seen yet gains nothing from a second handshake with the same prekeys. */
const isRenewalUseful = (channel: Channel, prekeys: PrekeyBundle | undefined, now: number): boolean => {
  if (prekeys === undefined || !needsRenewal(channel, now)) return false
  const unanswered = channel.current?.handshake ?? null
  return unanswered === null || prekeys.epoch > decodeHandshake(unanswered).epoch
}

/** Undefined when these prekeys cannot be used. */
const openSession = (context: ChannelContext, channel: Channel, prekeys: PrekeyBundle): Channel | undefined => {
  const { provider, self, peer, now } = context
  if (now - prekeys.createdAt >= PREKEY_USABLE || channel.generation >= MAX_UINT32) return undefined
  const { usedOneTimeKey } = channel
  const oneTimeKey = prekeys.oneTime?.publicKey ?? null
  const withOneTime = oneTimeKey !== null && !(usedOneTimeKey !== null && equalBytes(oneTimeKey, usedOneTimeKey))
  try {
    const { rootKey, associatedData, sessionId, header } = initiateHandshake({
      provider,
      self,
      peer,
      prekeys,
      withOneTime,
    })
    const generation = channel.generation + 1
    const current: Session = {
      id: sessionId,
      generation,
      associatedData,
      createdAt: now,
      handshake: encodeHandshake(header),
      messages: 0,
      ratchet: initiatorRatchet(provider, rootKey, prekeys.signed),
    }
    return {
      ...channel,
      current,
      archived: channel.current === null ? channel.archived : archiveSession(channel.archived, channel.current, now),
      generation,
      usedOneTimeKey: withOneTime ? oneTimeKey : usedOneTimeKey,
    }
  } catch (error) {
    if (isLanyardError(error) && error.code === 'bad-input') return undefined
    throw error
  }
}
