import {
  decodeCanonical,
  encodeCanonical,
  readBlob,
  readInteger,
  readTuple,
  readVersion,
} from '../../../crypto/index.ts'
import { decodeVersions, encodeVersions, type Versions } from '../../../org/index.ts'

/** What two members tell each other on connection, inside p2p's hello. */
export interface HelloPayload {
  /** Of the organisation's documents: the one behind asks for the newer ones. */
  versions: Versions
  /** The sender's clock, milliseconds since 1970. */
  time: number
}

const FORMAT = 1

/** Bytes: versions take 65, the rest 12; room for what a later format adds. */
const MAX_PAYLOAD_BYTES = 1024

/** Canonical CBOR `[1, versions, time]`. */
export const encodeHelloPayload = ({ versions, time }: HelloPayload): Uint8Array =>
  encodeCanonical([FORMAT, encodeVersions(versions), time])

/** Throws `document-malformed`, `document-too-large`. */
export const decodeHelloPayload = (bytes: Uint8Array): HelloPayload => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_PAYLOAD_BYTES })
  const [format, versions, time] = readTuple(value, 3, 'hello')
  readVersion(format, FORMAT, 'hello')
  return {
    versions: decodeVersions(readBlob(versions, MAX_PAYLOAD_BYTES, 'versions')),
    time: readInteger(time, 'time'),
  }
}
