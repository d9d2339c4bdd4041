import { MAX_BUNDLE_BYTES } from '../../shared/limits.ts'
import { blob, choice, type Decoded, documentOf, literal, tuple } from '../codec.ts'

/** Bytes of the container around what it holds. */
const OVERHEAD = 64

/** What a `.lanyard` file can hold; 5 is reserved. */
const kinds = choice({
  bundle: 1,
  proposal: 2,
  /** The link, as UTF-8. */
  invitation: 3,
  /** See `encodeNotices`. */
  notices: 4,
})
export type FileKind = Decoded<typeof kinds>

/** Every file begins with the same nine bytes, so that nothing else is taken for one. */
const container = documentOf(
  tuple(literal('lanyard'), kinds, blob(MAX_BUNDLE_BYTES)),
  'file',
  MAX_BUNDLE_BYTES + OVERHEAD,
)

export const encodeFile = (kind: FileKind, payload: Uint8Array): Uint8Array<ArrayBuffer> =>
  container.encode(['lanyard', kind, payload])

/** Throws `document-malformed`, `document-too-large`; what the payload is worth says whoever reads its kind. */
export const decodeFile = (encoded: Uint8Array): { readonly kind: FileKind; readonly payload: Uint8Array } => {
  const [, kind, payload] = container.decode(encoded)
  return { kind, payload }
}
