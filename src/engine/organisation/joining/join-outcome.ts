import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  decodeJoinAnswer,
  type JoinAnswer,
  type Joiner,
  noticeForJoiner,
  type TrustedState,
  trustFirstBundle,
} from '../../../org/index.ts'
import { type ErrorCode, isLanyardError } from '../../../shared/errors.ts'
import type { PersonId } from '../../../shared/ids.ts'

export type JoinOutcome =
  | { kind: 'joined'; trusted: TrustedState }
  | { kind: 'declined' }
  | { kind: 'failed'; code: ErrorCode }

/** Who asks, and what counts as an answer to it. */
export interface JoinTarget extends Joiner {
  readonly personId: PersonId
}

/** The list must name this very device as this very person; otherwise it is not an answer to this request. */
const names = (trusted: TrustedState, { personId, device }: JoinTarget) =>
  trusted.devices.get(device)?.person.personId === personId

export const trustBundle = (
  provider: CryptoProvider,
  target: JoinTarget,
  bundle: Uint8Array,
  now: number,
): Exclude<JoinOutcome, { kind: 'declined' }> => {
  try {
    const trusted = trustFirstBundle(provider, target.organisation, bundle, now)
    return names(trusted, target) ? { kind: 'joined', trusted } : { kind: 'failed', code: 'document-malformed' }
  } catch (error) {
    if (isLanyardError(error)) return { kind: 'failed', code: error.code }
    throw error
  }
}

/** What an administrator's device, which the invitation names, has to say: its word counts. */
const believe = (
  provider: CryptoProvider,
  target: JoinTarget,
  answer: JoinAnswer,
  now: number,
): JoinOutcome | undefined => {
  switch (answer.kind) {
    case 'pending':
      return undefined
    case 'declined':
      return { kind: 'declined' }
    case 'refused':
      return { kind: 'failed', code: answer.code }
    case 'approved':
      return trustBundle(provider, target, answer.bundle, now)
  }
}

/** The same from a colleague who carries the request: only what proves itself counts, and no failure of theirs is one. */
const examine = (
  provider: CryptoProvider,
  target: JoinTarget,
  answer: JoinAnswer,
  now: number,
): JoinOutcome | undefined => {
  if (answer.kind === 'approved') {
    const outcome = trustBundle(provider, target, answer.bundle, now)
    return outcome.kind === 'joined' ? outcome : undefined
  }
  if (answer.kind !== 'declined' || answer.notice === null) return undefined
  const word = noticeForJoiner(provider, target, answer.notice)
  if (word === 'declined') return { kind: 'declined' }
  return word === 'withdrawn' ? { kind: 'failed', code: 'invitation-unknown' } : undefined
}

/**
 * What one answer means; undefined: go on waiting. Nothing is believed of a bundle that is not verified whole. Throws
 * `document-malformed`.
 */
export const readAnswer = (
  provider: CryptoProvider,
  target: JoinTarget,
  { bytes, isNamed }: { bytes: Uint8Array; isNamed: boolean },
  now: number,
): JoinOutcome | undefined => (isNamed ? believe : examine)(provider, target, decodeJoinAnswer(bytes), now)
