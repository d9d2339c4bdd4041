import { MAX_ENVELOPE_BYTES } from '../shared/limits.ts'
import { concatBytes } from './bytes.ts'
import { decodeCanonical, encodeCanonical } from './canonical.ts'
import { SESSION_ID_BYTES } from './handshake.ts'
import { MAX_HANDSHAKE_BYTES } from './handshake-codec.ts'
import { MAX_UINT32 } from './limits.ts'
import type { RatchetHeader } from './ratchet.ts'
import { readBlob, readBytes, readInteger, readTuple, readVersion } from './shape.ts'

/** What stands before the encrypted body, as it is authenticated with it. */
export interface EnvelopeHeader extends RatchetHeader {
  readonly sessionId: Uint8Array
  /** Place of the session among those of these two devices: the highest is sealed with. */
  readonly generation: number
}

export interface Envelope {
  readonly header: EnvelopeHeader
  /** The exact bytes of the header, part of the associated data. */
  readonly headerBytes: Uint8Array
  /** `encodeHandshake` until the first answer, empty ever after; part of the associated data too. */
  readonly handshake: Uint8Array
  readonly body: Uint8Array
}

const VERSION = 1
const ENVELOPE_HEADER_BYTES = 60

/** session id 16 | generation u32 | DH pub 32 | PN u32 | N u32, big-endian: 60 bytes. */
export const encodeEnvelopeHeader = (header: EnvelopeHeader): Uint8Array => {
  const bytes = new Uint8Array(ENVELOPE_HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  bytes.set(header.sessionId, 0)
  view.setUint32(16, header.generation)
  bytes.set(header.publicKey, 20)
  view.setUint32(52, header.previousCount)
  view.setUint32(56, header.count)
  return bytes
}

const decodeEnvelopeHeader = (bytes: Uint8Array): EnvelopeHeader => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    sessionId: bytes.slice(0, SESSION_ID_BYTES),
    generation: view.getUint32(16),
    publicKey: bytes.slice(20, 52),
    previousCount: view.getUint32(52),
    count: view.getUint32(56),
  }
}

/** `[1, header, handshake (empty without one), body]` */
export const encodeEnvelope = ({ headerBytes, handshake, body }: Omit<Envelope, 'header'>): Uint8Array =>
  encodeCanonical([VERSION, headerBytes, handshake, body])

/** Throws `document-malformed` or `document-too-large`. */
export const decodeEnvelope = (bytes: Uint8Array): Envelope => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_ENVELOPE_BYTES })
  const [version, header, handshake, body] = readTuple(value, 4, 'envelope')
  readVersion(version, VERSION, 'envelope')
  const headerBytes = readBytes(header, ENVELOPE_HEADER_BYTES, 'envelope header')
  return {
    header: decodeEnvelopeHeader(headerBytes),
    headerBytes,
    handshake: readBlob(handshake, MAX_HANDSHAKE_BYTES, 'handshake'),
    body: readBlob(body, MAX_ENVELOPE_BYTES, 'envelope body'),
  }
}

/** What is authenticated with a body: AD | header | handshake. */
export const envelopeAssociatedData = (
  associatedData: Uint8Array,
  { headerBytes, handshake }: Pick<Envelope, 'headerBytes' | 'handshake'>,
): Uint8Array => concatBytes(associatedData, headerBytes, handshake)

/** A count that fits the header. */
export const readCount = (value: unknown, title: string): number => readInteger(value, title, { max: MAX_UINT32 })
