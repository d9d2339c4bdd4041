import type { DeviceId, InvitationId } from '../../shared/ids.ts'
import type { Notice, NoticeOf } from './notices.ts'

/** What tells one request to join from another. */
export interface RequestKey {
  readonly invitationId: InvitationId
  readonly device: { readonly id: DeviceId }
  /** The device that gave the invitation out: the one that the invitation names, so that who joins believes its word. */
  readonly issuer?: DeviceId
}

/**
 * What an administrator has said of a request, as far as it is known here; undefined: it still waits. The word of the
 * invitation's own device goes before that of others, and a withdrawal, which ends the invitation for everybody, before a
 * decline.
 */
export const administratorsWord = (
  notices: readonly Notice[],
  { invitationId, device, issuer }: RequestKey,
): NoticeOf<'withdrawal' | 'decline'> | undefined => {
  const words = notices.filter(
    (notice): notice is NoticeOf<'withdrawal' | 'decline'> =>
      (notice.kind === 'withdrawal' || (notice.kind === 'decline' && notice.device === device.id)) &&
      notice.invitationId === invitationId,
  )
  const issuers = words.filter(({ signer }) => signer === issuer)
  const candidates = issuers.length > 0 ? issuers : words
  return candidates.find(({ kind }) => kind === 'withdrawal') ?? candidates[0]
}
