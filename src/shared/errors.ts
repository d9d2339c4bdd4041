import * as z from 'zod/mini'

/**
 * Every condition that a caller across a port, or the person at the screen, can meet. The renderer has words for each:
 * what happened, what is safe, what to do. A condition without a code here is a bug and travels as `internal`.
 */
export const errorCodes = [
  // the port itself
  'bad-input',
  'unknown-call',
  'timeout',
  'cancelled',
  'port-closed',
  'contract-mismatch',
  'internal',
  // profile and storage
  'profile-in-use',
  'profile-locked',
  'profile-exists',
  'profile-missing',
  'profile-corrupt',
  'profile-newer',
  'passphrase-wrong',
  'passphrase-weak',
  'keychain-unavailable',
  'disk-full',
  'storage-failed',
  // organisation documents
  'document-malformed',
  'document-too-large',
  'signature-missing',
  'rollback',
  'fork',
  'expired',
  'not-yet-valid',
  'wrong-organisation',
  'removed',
  // joining and administration
  'invitation-malformed',
  'invitation-expired',
  'invitation-used',
  'invitation-unknown',
  'join-declined',
  'not-joined',
  'already-joined',
  'not-admin',
  'admin-locked',
  'request-unknown',
  'request-changed',
  'recovery-not-held',
  'recovery-words-wrong',
  'lease-over',
  'nothing-to-sign',
  'already-signed',
  'proposal-unknown',
  'proposal-outdated',
  'change-impossible',
  'table-unreadable',
  'table-has-problems',
  // conversations
  'person-unknown',
  'conversation-unknown',
  'message-unknown',
  'message-empty',
  'message-too-long',
  'message-unreadable',
  'message-sent',
  // shells and network
  'not-supported',
  'port-taken',
  'network-failed',
] as const

export const errorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCode>

export interface LanyardErrorOptions {
  cause?: unknown
  /** True when the same call may succeed later without anybody changing anything. */
  retryable?: boolean
}

/** The one error class of the product: callers switch on `code`, never on the text. */
export class LanyardError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'LanyardError'
  readonly code: Code
  readonly retryable: boolean

  constructor(code: Code, message: string, { cause, retryable = false }: LanyardErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryable = retryable
  }
}

export const isLanyardError = (error: unknown): error is LanyardError => error instanceof LanyardError

/** For the `default` of an exhaustive switch. */
export const missingCase = (value: never): never => {
  throw new LanyardError('internal', `No case for ${JSON.stringify(value)}`)
}
