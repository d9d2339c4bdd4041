import type { CryptoProvider } from '../../crypto/index.ts'
import { decodeJoinAnswer, type JoinAnswer, type TrustedState, trustFirstBundle } from '../../org/index.ts'
import { type ErrorCode, isLanyardError } from '../../shared/errors.ts'
import type { DeviceId, OrganisationId, PersonId } from '../../shared/ids.ts'

export type JoinOutcome =
  | { kind: 'joined'; trusted: TrustedState }
  | { kind: 'declined' }
  | { kind: 'failed'; code: ErrorCode }

export interface JoinTarget {
  organisation: OrganisationId
  personId: PersonId
  device: DeviceId
}

/** The list must name this very device as this very person; otherwise it is not an answer to this request. */
const names = (trusted: TrustedState, { personId, device }: JoinTarget) =>
  trusted.devices.get(device)?.person.personId === personId

const trust = (provider: CryptoProvider, target: JoinTarget, bundle: Uint8Array, now: number): JoinOutcome => {
  try {
    const trusted = trustFirstBundle(provider, target.organisation, bundle, now)
    return names(trusted, target) ? { kind: 'joined', trusted } : { kind: 'failed', code: 'document-malformed' }
  } catch (error) {
    if (isLanyardError(error)) return { kind: 'failed', code: error.code }
    throw error
  }
}

/** What one answer means; undefined: go on waiting. Nothing is believed of a bundle that is not verified whole. */
export const readAnswer = (
  provider: CryptoProvider,
  target: JoinTarget,
  bytes: Uint8Array,
  now: number,
): JoinOutcome | undefined => {
  const answer: JoinAnswer = decodeJoinAnswer(bytes)
  switch (answer.kind) {
    case 'pending':
      return undefined
    case 'declined':
      return { kind: 'declined' }
    case 'refused':
      return { kind: 'failed', code: answer.code }
    case 'approved':
      return trust(provider, target, answer.bundle, now)
  }
}
