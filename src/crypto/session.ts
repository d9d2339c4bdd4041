import { utf8, wipe } from './bytes.ts'
import { type Envelope, encodeEnvelope, encodeEnvelopeHeader, envelopeAssociatedData } from './envelope.ts'
import { SESSION_RENEWAL_AGE, SESSION_RENEWAL_MESSAGES } from './limits.ts'
import { AEAD_KEY_BYTES, AEAD_NONCE_BYTES, type CryptoProvider } from './provider.ts'
import { type Ratchet, stepSending } from './ratchet.ts'
import { stepReceiving } from './ratchet-receive.ts'

/** One handshake and the ratchet that grew from it. */
export interface Session {
  /** 16 bytes. */
  readonly id: Uint8Array
  readonly generation: number
  /** AD, 64 bytes. */
  readonly associatedData: Uint8Array
  /** Milliseconds since 1970, by this device's clock. */
  readonly createdAt: number
  /** `encodeHandshake`, sent along until the peer is known to have the session; null after, and for the responder. */
  readonly handshake: Uint8Array | null
  /** Messages in both directions. */
  readonly messages: number
  readonly ratchet: Ratchet
}

const MESSAGE_INFO = utf8('lanyard/ratchet/message/1')
/** No salt, no handshake. */
const NOTHING = new Uint8Array(0)

/** Key and nonce of one message: HKDF(MK), 44 bytes. Wipes MK. */
const expandMessageKey = (provider: CryptoProvider, messageKey: Uint8Array): Uint8Array => {
  const keys = provider.hkdfSha256(messageKey, NOTHING, MESSAGE_INFO, AEAD_KEY_BYTES + AEAD_NONCE_BYTES)
  wipe(messageKey)
  return keys
}

export interface SessionSealed {
  readonly session: Session
  readonly envelope: Uint8Array
  readonly spent: readonly Uint8Array[]
}

export const sealInSession = (provider: CryptoProvider, session: Session, plaintext: Uint8Array): SessionSealed => {
  const { ratchet, header, messageKey, spent } = stepSending(provider, session.ratchet)
  const headerBytes = encodeEnvelopeHeader({ ...header, sessionId: session.id, generation: session.generation })
  const handshake = session.handshake ?? NOTHING
  const keys = expandMessageKey(provider, messageKey)
  const body = provider.aeadSeal(
    keys.subarray(0, AEAD_KEY_BYTES),
    keys.subarray(AEAD_KEY_BYTES),
    envelopeAssociatedData(session.associatedData, { headerBytes, handshake }),
    plaintext,
  )
  wipe(keys)
  return {
    session: { ...session, messages: session.messages + 1, ratchet },
    envelope: encodeEnvelope({ headerBytes, handshake, body }),
    spent,
  }
}

export type SessionOpened =
  | {
      readonly kind: 'opened'
      readonly session: Session
      readonly plaintext: Uint8Array
      readonly spent: readonly Uint8Array[]
    }
  | { readonly kind: 'refused'; readonly reason: 'duplicate' | 'too-far-ahead' | 'not-authentic' }

export const openInSession = (
  provider: CryptoProvider,
  session: Session,
  { header, headerBytes, handshake, body }: Envelope,
  now: number,
): SessionOpened => {
  const step = stepReceiving(provider, session.ratchet, header, now)
  if (step.kind === 'refused') return step
  const keys = expandMessageKey(provider, step.messageKey)
  const plaintext = provider.aeadOpen(
    keys.subarray(0, AEAD_KEY_BYTES),
    keys.subarray(AEAD_KEY_BYTES),
    envelopeAssociatedData(session.associatedData, { headerBytes, handshake }),
    body,
  )
  wipe(keys)
  if (plaintext === undefined) return { kind: 'refused', reason: 'not-authentic' }
  return {
    kind: 'opened',
    // the peer answered, so it has the session
    session: { ...session, messages: session.messages + 1, handshake: null, ratchet: step.ratchet },
    plaintext,
    spent: step.spent,
  }
}

/**
 * After 7 days, or 5,000 messages once the peer is known to have the session: before that a new handshake would only
 * add to what the peer has not seen.
 */
export const isSessionDue = ({ createdAt, handshake, messages }: Session, now: number): boolean =>
  now - createdAt >= SESSION_RENEWAL_AGE || (handshake === null && messages >= SESSION_RENEWAL_MESSAGES)
