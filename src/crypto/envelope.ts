import { MAX_ENVELOPE_BYTES } from '../shared/limits.ts'
import { decodeCanonical, encodeCanonical } from './canonical.ts'
import { type HandshakeHeader, SESSION_ID_BYTES } from './handshake.ts'
import { MAX_UINT32 } from './limits.ts'
import { MLKEM768_CIPHERTEXT_BYTES, X25519_BYTES } from './provider.ts'
import type { RatchetHeader } from './ratchet.ts'
import { readBlob, readBytes, readInteger, readNullable, readTuple, readVersion } from './shape.ts'

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
  readonly body: Uint8Array
  /** Until the first answer. */
  readonly handshake: HandshakeHeader | null
}

const VERSION = 1
export const ENVELOPE_HEADER_BYTES = 60

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

/** `[1, header, body, null | [EK, epoch, null | one-time key id, KEM ciphertext]]` */
export const encodeEnvelope = ({ headerBytes, body, handshake }: Omit<Envelope, 'header'>): Uint8Array =>
  encodeCanonical([VERSION, headerBytes, body, handshake === null ? null : handshakeToTuple(handshake)])

/** Throws `document-malformed` or `document-too-large`. */
export const decodeEnvelope = (bytes: Uint8Array): Envelope => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_ENVELOPE_BYTES })
  const [version, header, body, handshake] = readTuple(value, 4, 'envelope')
  readVersion(version, VERSION, 'envelope')
  const headerBytes = readBytes(header, ENVELOPE_HEADER_BYTES, 'envelope header')
  return {
    header: decodeEnvelopeHeader(headerBytes),
    headerBytes,
    body: readBlob(body, MAX_ENVELOPE_BYTES, 'envelope body'),
    handshake: readNullable(handshake, readHandshake),
  }
}

export const handshakeToTuple = ({ ephemeral, epoch, oneTimeId, ciphertext }: HandshakeHeader) => [
  ephemeral,
  epoch,
  oneTimeId,
  ciphertext,
]

export const readHandshake = (value: unknown): HandshakeHeader => {
  const [ephemeral, epoch, oneTimeId, ciphertext] = readTuple(value, 4, 'handshake')
  return {
    ephemeral: readBytes(ephemeral, X25519_BYTES, 'ephemeral key'),
    epoch: readInteger(epoch, 'epoch'),
    oneTimeId: readNullable(oneTimeId, id => readInteger(id, 'one-time key id')),
    ciphertext: readBytes(ciphertext, MLKEM768_CIPHERTEXT_BYTES, 'KEM ciphertext'),
  }
}

/** A count that fits the header. */
export const readCount = (value: unknown, title: string): number => readInteger(value, title, { max: MAX_UINT32 })
