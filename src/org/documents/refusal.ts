import { type ErrorCode, isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { ForkEvidence } from './fork.ts'

/** Why a document is refused, and the code that the person meets for it. */
const codeOfReason = {
  malformed: 'document-malformed',
  'too-large': 'document-too-large',
  'wrong-organisation': 'wrong-organisation',
  'signature-invalid': 'signature-missing',
  'signature-duplicate': 'signature-missing',
  'key-unknown': 'signature-missing',
  'key-wrong-role': 'signature-missing',
  'threshold-short': 'signature-missing',
  rollback: 'rollback',
  fork: 'fork',
  'root-expired': 'expired',
  'root-gap': 'document-malformed',
  'root-missing': 'document-malformed',
  'issued-in-future': 'not-yet-valid',
  'merkle-mismatch': 'document-malformed',
  'count-mismatch': 'document-malformed',
  'policy-mismatch': 'document-malformed',
  'list-inconsistent': 'document-malformed',
  'lifetime-too-long': 'document-malformed',
  /** Made for another list than the one in force here. */
  'delta-base': 'document-malformed',
  'delta-mismatch': 'document-malformed',
  /** Not the version that the next one names as the one before it. */
  'history-mismatch': 'document-malformed',
} as const satisfies Record<string, ErrorCode>

export type RefusalReason = keyof typeof codeOfReason

/** A signed document did not pass one of the named steps. Thrown by every verification of the organisation’s documents. */
export class RefusedDocument extends LanyardError {
  readonly reason: RefusalReason
  /** Only with `fork`: two signed documents that cannot both be true. */
  readonly evidence: ForkEvidence | null

  constructor(reason: RefusalReason, message: string, options: { cause?: unknown; evidence?: ForkEvidence } = {}) {
    super(codeOfReason[reason], message, options.cause === undefined ? {} : { cause: options.cause })
    this.reason = reason
    this.evidence = options.evidence ?? null
  }
}

/** What decoding throws, under the name of a refusal. Anything else is a bug and goes on. */
export const asRefusal = (error: unknown): RefusedDocument => {
  if (error instanceof RefusedDocument) return error
  if (isLanyardError(error) && error.code === 'document-malformed')
    return new RefusedDocument('malformed', error.message, { cause: error })
  if (isLanyardError(error) && error.code === 'document-too-large')
    return new RefusedDocument('too-large', error.message, { cause: error })
  throw error
}
