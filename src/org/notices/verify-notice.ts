import { type CryptoProvider, verifySignature } from '../../crypto/index.ts'
import { LanyardError, missingCase } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import { isAdministratorsDevice } from '../administration/administrators.ts'
import { KEY_OFFER_CONTEXT, verifyPossession } from '../administration/key-offer.ts'
import { knownKeys } from '../documents/root.ts'
import { verifyJoinRequest } from '../joining/join-request.ts'
import { MAX_CLOCK_AHEAD, MAX_NOTICE_LIFETIME } from '../limits.ts'
import type { TrustedState } from '../trust/trusted.ts'
import { verifyForkPair } from './fork-notice.ts'
import { DECLINE_CONTEXT, OFFER_WITHDRAWAL_CONTEXT, WITHDRAWAL_CONTEXT } from './make-notices.ts'
import type { Notice, NoticeOf } from './notices.ts'

/**
 * Whether a notice is to be kept and handed on, by the list and the root in force: ask again after each change of them,
 * because a signer may have been removed, or the notice may be settled. Whatever costs nothing is looked at first.
 *
 * Throws `wrong-organisation`, `expired` (run out, or settled by now), `not-yet-valid`, `document-malformed`,
 * `signature-missing` (not by somebody who may say this), for a request what `verifyJoinRequest` throws, and RefusedDocument
 * for a fork that is none.
 */
export const verifyNotice = (provider: CryptoProvider, trusted: TrustedState, notice: Notice, now: number): void => {
  if (notice.organisationId !== trusted.organisationId)
    throw new LanyardError('wrong-organisation', 'The notice belongs to another organisation')
  if (notice.until <= now) throw new LanyardError('expired', 'The notice has run out')
  switch (notice.kind) {
    case 'join-request':
      if (trusted.devices.has(notice.request.device.id) || trusted.tombstones.has(notice.request.device.id))
        throw new LanyardError('expired', 'The request has been answered by the list')
      verifyJoinRequest(provider, trusted, notice.request, now)
      break
    case 'withdrawal':
      verifyStatement(provider, trusted, notice, WITHDRAWAL_CONTEXT, now)
      break
    case 'decline':
      if (trusted.devices.has(notice.device)) throw new LanyardError('expired', 'The device was let in after all')
      verifyStatement(provider, trusted, notice, DECLINE_CONTEXT, now)
      break
    case 'key-offer':
      if (knownKeys(trusted.root).has(notice.offer.contacts))
        throw new LanyardError('expired', 'The offer has been taken up')
      verifyStatement(provider, trusted, notice, KEY_OFFER_CONTEXT, now)
      verifyPossession(provider, notice.offer, notice.proof, notice.body)
      break
    case 'offer-withdrawal':
      verifyStatement(provider, trusted, notice, OFFER_WITHDRAWAL_CONTEXT, now)
      break
    case 'fork':
      verifyForkPair(provider, trusted, notice.pair, now)
      break
    default:
      missingCase(notice)
  }
}

type SignedNotice = NoticeOf<'withdrawal' | 'decline' | 'key-offer' | 'offer-withdrawal'>

/** About keys each person for themselves, about invitations an administrator. */
const maySay = (trusted: TrustedState, notice: SignedNotice, person: PersonId): boolean => {
  switch (notice.kind) {
    case 'key-offer':
      return notice.offer.personId === person
    case 'offer-withdrawal':
      return notice.personId === person
    default:
      return isAdministratorsDevice(trusted, notice.signer)
  }
}

const verifyStatement = (
  provider: CryptoProvider,
  trusted: TrustedState,
  notice: SignedNotice,
  context: string,
  now: number,
): void => {
  const { issued, until, signer, body, signature } = notice
  if (issued > now + MAX_CLOCK_AHEAD) throw new LanyardError('not-yet-valid', 'The notice is dated in the future')
  if (until <= issued || until - issued > MAX_NOTICE_LIFETIME)
    throw new LanyardError('document-malformed', 'A notice lasts at most 90 days')
  const listed = trusted.devices.get(signer)
  if (listed === undefined || !maySay(trusted, notice, listed.person.personId))
    throw new LanyardError('signature-missing', 'The notice was not signed by somebody who may say this')
  if (!verifySignature(provider, listed.device.sig, context, body, signature))
    throw new LanyardError('signature-missing', 'The signature does not fit the notice')
}
