import { LanyardError } from '../shared/errors.ts'
import { equalBytes } from './bytes.ts'
import { decodeCanonical, encodeCanonical } from './canonical.ts'
import { archiveSession, type Channel, type ChannelContext } from './channel.ts'
import { decodeEnvelope, readCount } from './envelope.ts'
import { SESSION_ID_BYTES } from './handshake.ts'
import { ED25519_KEY_BYTES, ED25519_SIGNATURE_BYTES } from './provider.ts'
import { readBlob, readBytes, readInteger, readTuple, readVersion } from './shape.ts'
import { sign, verifySignature } from './signature.ts'

/** A device's word that it cannot open what comes in one session. */
export interface Reset {
  readonly sessionId: Uint8Array
  /** The highest generation that the device knows: the new session goes above it. */
  readonly generation: number
  /** Milliseconds since 1970, by the device's clock. */
  readonly issuedAt: number
}

const VERSION = 1
const CONTEXT = 'lanyard/reset/1'
const MAX_BYTES = 256

/**
 * States that `envelope` could not be opened here: `[signed bytes, signature]` over
 * `[1, from, to, session id, generation, issuedAt]`. How often such statements go out is the caller's to limit.
 * Throws `document-malformed` when it is no envelope.
 */
export const createReset = (context: ChannelContext, channel: Channel, envelope: Uint8Array): Uint8Array => {
  const { provider, self, peer, now } = context
  const { sessionId } = decodeEnvelope(envelope).header
  const bytes = encodeCanonical([VERSION, self.sig.publicKey, peer.sig, sessionId, channel.generation, now])
  return encodeCanonical([bytes, sign(provider, self.sig.seed, CONTEXT, bytes)])
}

/**
 * Reads a statement of the peer to this device. Throws `document-malformed`, `document-too-large`, and
 * `signature-missing` (of somebody else, to somebody else, or changed on the way).
 */
export const verifyReset = ({ provider, self, peer }: ChannelContext, statement: Uint8Array): Reset => {
  const outer = readTuple(decodeCanonical(statement, { maxBytes: MAX_BYTES }), 2, 'reset')
  const bytes = readBlob(outer[0], MAX_BYTES, 'reset')
  const signature = readBytes(outer[1], ED25519_SIGNATURE_BYTES, 'signature')
  const value = decodeCanonical(bytes, { maxBytes: MAX_BYTES })
  const [version, from, to, sessionId, generation, issuedAt] = readTuple(value, 6, 'reset')
  readVersion(version, VERSION, 'reset')
  const reset: Reset = {
    sessionId: readBytes(sessionId, SESSION_ID_BYTES, 'session id'),
    generation: readCount(generation, 'generation'),
    issuedAt: readInteger(issuedAt, 'time'),
  }
  const isOurs =
    equalBytes(readBytes(from, ED25519_KEY_BYTES, 'from'), peer.sig) &&
    equalBytes(readBytes(to, ED25519_KEY_BYTES, 'to'), self.sig.publicKey)
  if (!isOurs) throw new LanyardError('signature-missing', 'This reset is between other devices')
  if (!verifySignature(provider, peer.sig, CONTEXT, bytes, signature))
    throw new LanyardError('signature-missing', 'The signature of this reset is wrong')
  return reset
}

/**
 * Follows a verified reset: the session is sealed with no longer, and the next message opens a new one. A statement
 * about any other session (late, or replayed) answers the same channel: nothing needs to be sent again then.
 */
export const resetChannel = (channel: Channel, reset: Reset, now: number): Channel => {
  const { current, archived } = channel
  if (current === null || !equalBytes(current.id, reset.sessionId)) return channel
  return {
    ...channel,
    current: null,
    archived: archiveSession(archived, current, now),
    generation: Math.max(channel.generation, reset.generation),
  }
}
