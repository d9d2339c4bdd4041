import { decodeCanonical, encodeCanonical } from '../../crypto/index.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import { MAX_BUNDLE_BYTES, MAX_NOTICE_BYTES } from '../../shared/limits.ts'
import { blob, choice, type Decoded, literal, nullable, tuple } from '../codec.ts'

const refusalNumbers = {
  'invitation-unknown': 1,
  'invitation-expired': 2,
  'invitation-used': 3,
  'wrong-organisation': 4,
  'document-malformed': 5,
} as const
const refusals = choice(refusalNumbers)

/** Why a request cannot even wait for an administrator. */
export type JoinRefusal = Decoded<typeof refusals>

/** What to answer where reading or verifying a request threw. What is no fault of the request is thrown on. */
export const joinRefusalOf = (error: unknown): JoinRefusal => {
  if (!isLanyardError(error)) throw error
  if (error.code === 'document-too-large') return 'document-malformed'
  const code = Object.keys(refusalNumbers).find((code): code is JoinRefusal => code === error.code)
  if (code === undefined) throw error
  return code
}

/** What a device that asked to join hears. Only `approved` proves itself; believe the rest from an administrator only. */
export type JoinAnswer =
  | { readonly kind: 'pending' }
  | { readonly kind: 'approved'; readonly bundle: Uint8Array }
  /** With the signed notice where a colleague hands it over: see `noticeForJoiner`. */
  | { readonly kind: 'declined'; readonly notice: Uint8Array | null }
  | { readonly kind: 'refused'; readonly code: JoinRefusal }

/** Bytes of an approval around its bundle. */
const OVERHEAD = 16

const pending = tuple(literal(0))
const approved = tuple(literal(1), blob(MAX_BUNDLE_BYTES))
const declined = tuple(literal(2), nullable(blob(MAX_NOTICE_BYTES)))
const refused = tuple(literal(3), refusals)

export const encodeJoinAnswer = (answer: JoinAnswer): Uint8Array => {
  switch (answer.kind) {
    case 'pending':
      return encodeCanonical(pending.toCanonical([0], 'answer'))
    case 'approved':
      return encodeCanonical(approved.toCanonical([1, answer.bundle], 'answer'))
    case 'declined':
      return encodeCanonical(declined.toCanonical([2, answer.notice], 'answer'))
    case 'refused':
      return encodeCanonical(refused.toCanonical([3, answer.code], 'answer'))
  }
}

/** Throws `document-malformed`, `document-too-large`. */
export const decodeJoinAnswer = (encoded: Uint8Array): JoinAnswer => {
  const value = decodeCanonical(encoded, { maxBytes: MAX_BUNDLE_BYTES + OVERHEAD })
  switch (Array.isArray(value) ? value[0] : undefined) {
    case 0:
      pending.fromCanonical(value, 'answer')
      return { kind: 'pending' }
    case 1:
      return { kind: 'approved', bundle: approved.fromCanonical(value, 'answer')[1] }
    case 2:
      return { kind: 'declined', notice: declined.fromCanonical(value, 'answer')[1] }
    case 3:
      return { kind: 'refused', code: refused.fromCanonical(value, 'answer')[1] }
    default:
      throw new LanyardError('document-malformed', 'This is no answer to a join request')
  }
}
