import { decodeCanonical, encodeCanonical } from '../../crypto/index.ts'
import { decodeVersions, encodeVersions, type Versions } from '../../org/index.ts'
import { LanyardError } from '../../shared/errors.ts'

/** What two members tell each other on connection, inside p2p's hello. */
export interface HelloPayload {
  /** Of the organisation's documents: the one behind asks for the newer ones. */
  versions: Versions
  /** The sender's clock, milliseconds since 1970. */
  time: number
  /** The sender's newest prekeys, as delivery encodes them. */
  prekeys: Uint8Array
}

const FORMAT = 1

/** Bytes: versions and time take 100, a prekey bundle with an ML-KEM key about 2,500. */
const MAX_PAYLOAD_BYTES = 16 * 1024

/** Canonical CBOR `[1, versions, time, prekeys]`. */
export const encodeHelloPayload = ({ versions, time, prekeys }: HelloPayload): Uint8Array =>
  encodeCanonical([FORMAT, encodeVersions(versions), time, prekeys])

/** Throws `document-malformed`, `document-too-large`. */
export const decodeHelloPayload = (bytes: Uint8Array): HelloPayload => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_PAYLOAD_BYTES })
  if (!Array.isArray(value) || value.length !== 4)
    throw new LanyardError('document-malformed', 'A hello of another shape')
  const [format, versions, time, prekeys] = value as unknown[]
  if (format !== FORMAT || !(versions instanceof Uint8Array) || !(prekeys instanceof Uint8Array))
    throw new LanyardError('document-malformed', 'A hello of another format')
  if (typeof time !== 'number' || time < 0) throw new LanyardError('document-malformed', 'A hello without a time')
  return { versions: decodeVersions(versions), time, prekeys }
}
