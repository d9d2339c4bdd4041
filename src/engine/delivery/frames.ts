import { decodeCanonical, encodeCanonical, fromHex, toHex } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { EnvelopeId } from '../../shared/ids.ts'
import { MAX_ENVELOPE_BYTES, MAX_MESSAGE_FRAME_BYTES } from '../../shared/limits.ts'
import { MAX_ACKNOWLEDGED_IDS } from './constants.ts'

const ENVELOPE = 1
const ACKNOWLEDGEMENT = 2
const RESET = 3
const PREKEYS = 4
const REFUSAL = 5

/** What travels on /lanyard/message/1, one canonical CBOR array a frame; see docs/PROTOCOL.md. */
export type MessageFrame =
  | { kind: 'envelope'; id: EnvelopeId; sealed: Uint8Array }
  /** Stored durably on the device that says so. */
  | { kind: 'acknowledgement'; ids: EnvelopeId[] }
  /** Opened, and not acceptable: sending it again is no use. */
  | { kind: 'refusal'; ids: EnvelopeId[] }
  /** A signed statement that the receiver cannot open what is sent to it. */
  | { kind: 'reset'; statement: Uint8Array }
  /** The sender's own newest prekeys, signed. */
  | { kind: 'prekeys'; bundle: Uint8Array }

const malformed = (what: string) => new LanyardError('document-malformed', `A message frame with ${what}`)

const readId = (value: unknown): EnvelopeId => {
  if (!(value instanceof Uint8Array) || value.length !== 16) throw malformed('an id that is not 16 bytes')
  return toHex(value) as EnvelopeId
}

const readIds = (value: unknown): EnvelopeId[] => {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_ACKNOWLEDGED_IDS)
    throw malformed(`something else than 1 to ${MAX_ACKNOWLEDGED_IDS} ids`)
  return value.map(readId)
}

const readBytes = (value: unknown): Uint8Array => {
  if (!(value instanceof Uint8Array) || value.length === 0 || value.length > MAX_ENVELOPE_BYTES)
    throw malformed(`something else than 1 to ${MAX_ENVELOPE_BYTES} bytes`)
  return value
}

/** Throws RangeError for more ids than one frame carries: split them first. */
export const encodeFrame = (frame: MessageFrame): Uint8Array => {
  switch (frame.kind) {
    case 'envelope':
      return encodeCanonical([ENVELOPE, fromHex(frame.id), frame.sealed])
    case 'acknowledgement':
    case 'refusal':
      if (frame.ids.length > MAX_ACKNOWLEDGED_IDS) throw new RangeError(`At most ${MAX_ACKNOWLEDGED_IDS} ids a frame`)
      return encodeCanonical([frame.kind === 'refusal' ? REFUSAL : ACKNOWLEDGEMENT, frame.ids.map(id => fromHex(id))])
    case 'reset':
      return encodeCanonical([RESET, frame.statement])
    case 'prekeys':
      return encodeCanonical([PREKEYS, frame.bundle])
  }
}

/** Throws `document-malformed` or `document-too-large` on everything that `encodeFrame` would not write. */
export const decodeFrame = (bytes: Uint8Array): MessageFrame => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_MESSAGE_FRAME_BYTES })
  if (!Array.isArray(value)) throw malformed('no array')
  const [type, ...fields] = value as unknown[]
  if (fields.length !== (type === ENVELOPE ? 2 : 1)) throw malformed('another number of fields')
  switch (type) {
    case ENVELOPE:
      return { kind: 'envelope', id: readId(fields[0]), sealed: readBytes(fields[1]) }
    case ACKNOWLEDGEMENT:
      return { kind: 'acknowledgement', ids: readIds(fields[0]) }
    case REFUSAL:
      return { kind: 'refusal', ids: readIds(fields[0]) }
    case RESET:
      return { kind: 'reset', statement: readBytes(fields[0]) }
    case PREKEYS:
      return { kind: 'prekeys', bundle: readBytes(fields[0]) }
    default:
      throw malformed('an unknown type')
  }
}
