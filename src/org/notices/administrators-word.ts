import type { DeviceId, InvitationId } from '../../shared/ids.ts'
import type { Notice, NoticeOf } from './notices.ts'

/** What tells one request to join from another. */
export interface RequestKey {
  readonly invitationId: InvitationId
  readonly device: { readonly id: DeviceId }
}

/**
 * What an administrator has said of a request, as far as it is known here; undefined: it still waits. A withdrawal, which
 * ends the invitation for everybody, goes before a decline.
 */
export const administratorsWord = (
  notices: readonly Notice[],
  { invitationId, device }: RequestKey,
): NoticeOf<'withdrawal' | 'decline'> | undefined =>
  notices.find(
    (notice): notice is NoticeOf<'withdrawal'> => notice.kind === 'withdrawal' && notice.invitationId === invitationId,
  ) ??
  notices.find(
    (notice): notice is NoticeOf<'decline'> =>
      notice.kind === 'decline' && notice.invitationId === invitationId && notice.device === device.id,
  )
