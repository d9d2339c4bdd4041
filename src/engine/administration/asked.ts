import type { TrustedState } from '../../org/index.ts'
import type { EngineEvent } from '../../shared/contract/engine.ts'
import type { PersonId, ProposalId } from '../../shared/ids.ts'
import type { HeldProposal } from '../organisation/boards/proposal-board.ts'
import type { JoinRequests } from '../organisation/joining/join-requests.ts'
import type { AdminKey } from '../organisation/keys/admin-key.ts'
import type { Administration } from './administration.ts'
import type { NameOf } from './names.ts'
import { isProposedBy, tellProposer, wantsOwn } from './told-proposal.ts'

export type Asked = EngineEvent<'administrator.asked'>

export interface AskedInit {
  trusted(): TrustedState
  self: PersonId
  adminKey: Pick<AdminKey, 'id' | 'isHeld'>
  requests: Pick<JoinRequests, 'countWaiting' | 'onAsked'>
  waitingProposals(): readonly HeldProposal[]
  onProposalsChanged: Administration['onChanged']
  nameOf: NameOf
  tell(asked: Asked): void
}

/**
 * Tells once of each request and each proposal that comes to wait for this administrator from now on. What waits already
 * stands in the console and is no news. Returns the function that ends it.
 */
export const watchAsked = (init: AskedInit): (() => void) => {
  const { trusted, self, adminKey, requests, waitingProposals, onProposalsChanged, nameOf, tell } = init

  const wanted = () => {
    const teller = { trusted: trusted(), self, ownKey: adminKey.id() }
    return waitingProposals().filter(
      held => !held.checked.isComplete && !isProposedBy(held, self) && wantsOwn(held, teller),
    )
  }
  const idsOf = (all: readonly HeldProposal[]) => new Set<ProposalId>(all.map(({ checked }) => checked.id))
  let known = idsOf(wanted())

  const lookAtProposals = () => {
    const waiting = wanted()
    const news = waiting.filter(({ checked }) => !known.has(checked.id))
    known = idsOf(waiting)
    const [first] = news
    if (first === undefined) return
    const { name } = tellProposer(first, { trusted: trusted(), nameOf })
    tell({ for: 'signature', name, news: news.length, waiting: waiting.length })
  }

  const stops = [
    requests.onAsked(({ name }) => {
      // every member carries requests, and some were an administrator's once
      if (adminKey.isHeld()) tell({ for: 'admission', name, news: 1, waiting: requests.countWaiting() })
    }),
    onProposalsChanged(lookAtProposals),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
