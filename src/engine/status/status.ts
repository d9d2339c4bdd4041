import { listStatus } from '../../org/index.ts'
import type { NetworkStatus, Organisation, Status } from '../../shared/contract/entities.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Member } from '../member.ts'
import type { Session } from '../session.ts'

const organisationOf = (
  { membership, adminKey, recovery, administration, lease }: Member,
  now: number,
): Organisation => {
  const trusted = membership.trusted()
  const list = listStatus(trusted, now)
  return {
    id: trusted.organisationId,
    name: trusted.root.name,
    self: membership.self.personId,
    device: membership.self.deviceId,
    isAdmin: adminKey.isHeld(),
    adminUnlocked: adminKey.isUnlocked(),
    recoveryPending: recovery.isPending(),
    isLeaseOver: lease.isOver(),
    leaseEndsAt: lease.endsAt(),
    administration: administration.counts(),
    membership: membership.isMember() ? 'member' : 'removed',
    list: {
      version: list.version,
      people: list.people,
      signedAt: list.signedAt,
      signedBy: list.signedBy.flatMap(id => trusted.people.get(id)?.name ?? []),
      threshold: list.threshold,
      expiresAt: list.expiresAt,
      freshness: list.freshness,
      confirmedAt: list.confirmedAt,
      forked: list.isForked,
    },
  }
}

/** `since`: when the state of the network last became what it is. */
const networkOf = (session: Session | undefined, since: number): NetworkStatus => {
  const status = session?.network.status()
  const member = session?.member()
  return {
    state: status?.state ?? 'stopped',
    nearby: member?.presence.online().length ?? 0,
    since,
    deafInterfaces: (status?.deafInterfaces ?? []).map(name => name.slice(0, 64)),
    clockAheadBy: Math.round(member?.skew.ahead() ?? 0),
  }
}

export interface StatusInput {
  profile: Status['profile']
  session: Session | undefined
  networkSince: number
  problem: ErrorCode | null
  now: number
}

/** Everything about the whole, as it is at this moment. */
export const statusOf = ({ profile, session, networkSince, problem, now }: StatusInput): Status => {
  const member = session?.member()
  return {
    profile,
    organisation: member === undefined ? null : organisationOf(member, now),
    joining: session?.joining.status() ?? null,
    network: networkOf(session, networkSince),
    online: member?.presence.online() ?? [],
    problem: session?.problem() ?? problem,
  }
}
