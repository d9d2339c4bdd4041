import { decodeCanonical, encodeCanonical } from './canonical.ts'
import type { AcceptedHandshake, ArchivedSession, Channel } from './channel.ts'
import { readCount } from './envelope.ts'
import { SESSION_ID_BYTES } from './handshake.ts'
import { MAX_ARCHIVED_SESSIONS, MAX_CHANNEL_BYTES, MAX_REMEMBERED_HANDSHAKES, MAX_SESSION_BYTES } from './limits.ts'
import { X25519_BYTES } from './provider.ts'
import { decodeSession, encodeSession } from './session-codec.ts'
import { readBlob, readBytes, readInteger, readList, readNullable, readTuple, readVersion } from './shape.ts'

const VERSION = 1

/**
 * `[1, null | session, [[id, archivedAt, session]…], generation, [[session id, epoch]…], oldest epoch,
 * null | used one-time key]`, for the encrypted profile only. A session is its own encoding as a byte string.
 */
export const encodeChannel = ({
  current,
  archived,
  generation,
  accepted,
  oldestEpoch,
  usedOneTimeKey,
}: Channel): Uint8Array =>
  encodeCanonical([
    VERSION,
    current === null ? null : encodeSession(current),
    archived.map(({ id, archivedAt, state }) => [id, archivedAt, state]),
    generation,
    accepted.map(({ sessionId, epoch }) => [sessionId, epoch]),
    oldestEpoch,
    usedOneTimeKey,
  ])

const readArchived = (value: unknown): ArchivedSession => {
  const [id, archivedAt, state] = readTuple(value, 3, 'archived session')
  return {
    id: readBytes(id, SESSION_ID_BYTES, 'session id'),
    archivedAt: readInteger(archivedAt, 'time'),
    state: readBlob(state, MAX_SESSION_BYTES, 'session'),
  }
}

const readAccepted = (value: unknown): AcceptedHandshake => {
  const [sessionId, epoch] = readTuple(value, 2, 'accepted handshake')
  return { sessionId: readBytes(sessionId, SESSION_ID_BYTES, 'session id'), epoch: readInteger(epoch, 'epoch') }
}

/** Throws `document-malformed` or `document-too-large`. Archived sessions are read when they are needed. */
export const decodeChannel = (bytes: Uint8Array): Channel => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_CHANNEL_BYTES })
  const [version, current, archived, generation, accepted, oldestEpoch, usedOneTimeKey] = readTuple(value, 7, 'channel')
  readVersion(version, VERSION, 'channel')
  return {
    current: readNullable(current, session => decodeSession(readBlob(session, MAX_SESSION_BYTES, 'session'))),
    archived: readList(archived, MAX_ARCHIVED_SESSIONS, 'archived sessions').map(readArchived),
    generation: readCount(generation, 'generation'),
    accepted: readList(accepted, MAX_REMEMBERED_HANDSHAKES, 'accepted handshakes').map(readAccepted),
    oldestEpoch: readInteger(oldestEpoch, 'epoch'),
    usedOneTimeKey: readNullable(usedOneTimeKey, key => readBytes(key, X25519_BYTES, 'one-time key')),
  }
}
