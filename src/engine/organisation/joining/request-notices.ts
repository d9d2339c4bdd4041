import { administratorsWord, type NoticeOf } from '../../../org/index.ts'
import type { NoticeBoard } from '../boards/notice-board.ts'
import type { JoinRequestRow } from './join-request-rows.ts'

/** What tells one request that waits here from another. */
type RequestName = Pick<JoinRequestRow, 'device_id' | 'invitation_id'>

/** What the notices that are carried here say of the requests that wait here. */
export interface RequestNotices {
  /** The request as members carry it; undefined where it has run out, is worth nothing any more, or had no room. */
  carried(request: RequestName): NoticeOf<'join-request'> | undefined
  /** Whether an administrator has ended it, here or elsewhere. */
  isEnded(request: RequestName): boolean
}

export const createRequestNotices = (notices: Pick<NoticeBoard, 'all' | 'ofKind'>): RequestNotices => ({
  carried: ({ device_id, invitation_id }) =>
    notices
      .ofKind('join-request')
      .find(({ request }) => request.device.id === device_id && request.invitationId === invitation_id),
  isEnded: ({ device_id, invitation_id }) =>
    administratorsWord(notices.all(), { invitationId: invitation_id, device: { id: device_id } }) !== undefined,
})
