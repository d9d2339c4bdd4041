import { decodeCanonical, encodeCanonical, readBlob, readList, readTuple } from '../../crypto/index.ts'
import { decodeVersions, encodeVersions, type Versions } from '../../org/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'

const VERSIONS = 1
const BUNDLE_WANTED = 2
const BUNDLE = 3

/** What one member asks of another on /lanyard/org/1; canonical CBOR, see section 4 of docs/PROTOCOL.md. */
export type SyncRequest =
  /** These are mine, yours please. Answered with `versions`. */
  | { kind: 'versions'; versions: Versions }
  /** All that you trust, please. Answered with `bundle`. */
  | { kind: 'bundle-wanted' }
  /** Take this: for a device that may not ask any more. Answered with `versions`. */
  | { kind: 'bundle'; bundle: Uint8Array }

export type SyncAnswer = Exclude<SyncRequest, { kind: 'bundle-wanted' }>

const malformed = (what: string) => new LanyardError('document-malformed', `A sync frame with ${what}`)

export const encodeSyncRequest = (request: SyncRequest): Uint8Array => {
  switch (request.kind) {
    case 'versions':
      return encodeCanonical([VERSIONS, encodeVersions(request.versions)])
    case 'bundle-wanted':
      return encodeCanonical([BUNDLE_WANTED])
    case 'bundle':
      return encodeCanonical([BUNDLE, request.bundle])
  }
}

/** The one field behind the type. */
const readField = (value: unknown): Uint8Array =>
  readBlob(readTuple(value, 2, 'sync frame')[1], MAX_BUNDLE_BYTES, 'field')

/** Throws `document-malformed`, `document-too-large`. */
export const decodeSyncRequest = (bytes: Uint8Array): SyncRequest => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_BUNDLE_BYTES })
  switch (readList(value, 2, 'sync frame')[0]) {
    case VERSIONS:
      return { kind: 'versions', versions: decodeVersions(readField(value)) }
    case BUNDLE_WANTED:
      readTuple(value, 1, 'sync frame')
      return { kind: 'bundle-wanted' }
    case BUNDLE:
      return { kind: 'bundle', bundle: readField(value) }
    default:
      throw malformed('an unknown type')
  }
}

/** Throws also where the other side answers something else than it was asked for. */
export const decodeSyncAnswer = <Kind extends SyncAnswer['kind']>(
  bytes: Uint8Array,
  expected: Kind,
): Extract<SyncAnswer, { kind: Kind }> => {
  const answer = decodeSyncRequest(bytes)
  if (answer.kind !== expected) throw malformed(`'${answer.kind}' where '${expected}' was asked for`)
  return answer as Extract<SyncAnswer, { kind: Kind }>
}
