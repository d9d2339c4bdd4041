import type { DeviceId } from '../../shared/ids.ts'
import { MAX_REQUESTS_PER_INVITATION } from '../../shared/limits.ts'
import { compareText } from '../codec.ts'
import {
  MAX_DECLINES,
  MAX_FORKS,
  MAX_KEY_OFFERS,
  MAX_REQUESTS,
  MAX_STATEMENTS_PER_DEVICE,
  MAX_WITHDRAWALS,
} from '../limits.ts'
import type { Notice, NoticeKind, NoticeOf } from './notices.ts'

/**
 * Which of these verified notices a device keeps and hands on. The same for everybody, in whatever order they came:
 * otherwise two devices that are full would offer each other for ever what the other one has thrown away. So each bound
 * cuts by one and the same order.
 *
 * Nobody wears the bounds out for others: of one device's requests with one invitation the first counts, an invitation
 * carries 4, a device makes 128 statements and stands behind 128 requests, of a person the last word about their keys counts,
 * whether they offer them or take the offer back. What one
 * administrator's device has said of an invitation never takes the place of what another one has said: a stolen one
 * would take a withdrawal back with one of its own that ends in a moment.
 */
export const selectNotices = (notices: readonly Notice[]): readonly Notice[] => {
  const ordered = [...new Map(notices.map(notice => [notice.id, notice])).values()].sort((a, b) =>
    compareText(a.id, b.id),
  )
  const of = <Kind extends NoticeKind>(kind: Kind) =>
    ordered.filter((notice): notice is NoticeOf<Kind> => notice.kind === kind)
  return [
    ...selectRequests(of('join-request')),
    ...selectStatements(of('withdrawal'), ({ signer, invitationId }) => `${signer}${invitationId}`, MAX_WITHDRAWALS),
    ...selectStatements(
      of('decline'),
      ({ signer, invitationId, device }) => `${signer}${invitationId}${device}`,
      MAX_DECLINES,
    ),
    ...firstOfEach(of('fork'), ({ pair }) => pair.name, 1).slice(0, MAX_FORKS),
    ...selectStatements(ordered.filter(isAboutKeys), offererOf, MAX_KEY_OFFERS),
  ]
}

type AboutKeys = NoticeOf<'key-offer' | 'offer-withdrawal'>
const isAboutKeys = (notice: Notice): notice is AboutKeys =>
  notice.kind === 'key-offer' || notice.kind === 'offer-withdrawal'
const offererOf = (notice: AboutKeys) => (notice.kind === 'key-offer' ? notice.offer.personId : notice.personId)

/**
 * The first that each device asked, of those the first of each invitation, of those the first of each issuer. Each name
 * holds the one before it: only so the same is left whatever was thrown away on the way.
 */
const selectRequests = (notices: readonly NoticeOf<'join-request'>[]): readonly NoticeOf<'join-request'>[] => {
  const inTurn = [...notices].sort((a, b) => a.request.requestedAt - b.request.requestedAt)
  const invitationOf = ({ request }: NoticeOf<'join-request'>) => `${request.issuer}${request.invitationId}`
  const ofDevice = firstOfEach(inTurn, notice => `${invitationOf(notice)}${notice.request.device.id}`, 1)
  const ofInvitation = firstOfEach(ofDevice, invitationOf, MAX_REQUESTS_PER_INVITATION)
  const ofIssuer = firstOfEach(ofInvitation, ({ request }) => request.issuer, MAX_STATEMENTS_PER_DEVICE)
  return ofIssuer.slice(0, MAX_REQUESTS)
}

/** The newest about each matter, the newest of each device, the newest of all. */
const selectStatements = <T extends { readonly issued: number; readonly signer: DeviceId }>(
  notices: readonly T[],
  matterOf: (notice: T) => string,
  max: number,
): readonly T[] => {
  const newestFirst = [...notices].sort((a, b) => b.issued - a.issued)
  const ofMatter = firstOfEach(newestFirst, matterOf, 1)
  return firstOfEach(ofMatter, ({ signer }) => signer, MAX_STATEMENTS_PER_DEVICE).slice(0, max)
}

const firstOfEach = <T>(sorted: readonly T[], keyOf: (entry: T) => string, max: number): T[] => {
  const counts = new Map<string, number>()
  return sorted.filter(entry => {
    const count = (counts.get(keyOf(entry)) ?? 0) + 1
    counts.set(keyOf(entry), count)
    return count <= max
  })
}
