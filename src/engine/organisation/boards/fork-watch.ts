import { encodeForkNotice, evidenceOfPair, type TrustedState, withEvidence } from '../../../org/index.ts'
import { createInTurn } from '../../../shared/in-turn.ts'
import type { Membership } from '../list/membership.ts'
import type { NoticeBoard } from './notice-board.ts'

export interface ForkWatchInit {
  membership: Pick<Membership, 'trusted' | 'change'>
  notices: Pick<NoticeBoard, 'addAll' | 'ofKind'>
  now(): number
}

/** What one device has seen of a fork alarms all: evidence goes around as a notice, and every member keeps it. */
export interface ForkWatch {
  /** What was noticed here becomes a notice, what colleagues carry becomes evidence here. After either has changed. */
  look(): Promise<void>
}

export const createForkWatch = ({ membership, notices, now }: ForkWatchInit): ForkWatch => {
  const inTurn = createInTurn()

  const withCarried = (trusted: TrustedState): TrustedState => {
    const forks = notices
      .ofKind('fork')
      .reduce((known, { pair }) => withEvidence(known, evidenceOfPair(trusted, pair, now())), trusted.forks)
    return forks === trusted.forks ? trusted : { ...trusted, forks }
  }

  return {
    look: () =>
      inTurn(async () => {
        const found = membership.trusted().forks.flatMap(fork => encodeForkNotice(fork) ?? [])
        // refused is what another root has made worthless since: it is kept here, and proves nothing to others
        if (found.length > 0) await notices.addAll(found)
        if (withCarried(membership.trusted()) === membership.trusted()) return
        await membership.change(trusted => ({
          kind: 'unchanged',
          trusted: withCarried(trusted),
          droppedOrders: [],
        }))
      }),
  }
}
