import { type CryptoProvider, equalBytes } from '../../crypto/index.ts'
import { type ApplyResult, completeProposal, newestRoot, type Proposal, type TrustedState } from '../../org/index.ts'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { HeldProposal, ProposalBoard } from '../organisation/boards/proposal-board.ts'
import type { Membership } from '../organisation/list/membership.ts'
import type { Transaction } from '../storage/store.ts'

/** Throws with the code of a refusal: for what this device has made itself. */
export const expectInForce = (result: ApplyResult): TrustedState => {
  if (result.kind === 'refused') throw new LanyardError(result.code, result.message)
  return result.trusted
}

const isInForce = ({ list, roots }: TrustedState, { kind, document }: Proposal): boolean => {
  const inForce = kind === 'list' ? list.signed : newestRoot({ roots })
  return equalBytes(inForce.document, document)
}

/** Whether a proposal is made for what is in force; the board drops the others in a moment. */
export const isCurrent = ({ list, root }: TrustedState, { proposal, checked }: HeldProposal): boolean =>
  proposal.kind === 'list' ? proposal.base === list.hash : checked.version === root.version + 1

/** Takes proposals over as soon as they have their signatures, whoever's came last. */
export interface Publishing {
  /**
   * In force here once this resolves, unless another document came before. Two devices that complete one at the same time
   * publish the same document. Throws `proposal-outdated`, and what taking it over is refused for.
   */
  complete(proposal: Proposal): Promise<TrustedState>
  /** Those on the board that have what they need. */
  completeReady(): Promise<void>
}

export interface PublishingInit {
  provider: CryptoProvider
  membership: Membership
  proposals: Pick<ProposalBoard, 'all'>
  /** Writes, in the same transaction, what is settled by the new state. */
  settle(tx: Transaction, trusted: TrustedState): void
  now(): number
  log: Log
}

export const createPublishing = (init: PublishingInit): Publishing => {
  const { provider, membership, proposals, settle, now, log } = init

  const complete = async (proposal: Proposal) => {
    let next: TrustedState | undefined
    const result = await membership.change(
      trusted => {
        if (isInForce(trusted, proposal)) return { kind: 'unchanged', trusted, droppedOrders: [] }
        const completed = completeProposal(provider, trusted, proposal, now())
        next = completed.trusted
        return completed
      },
      tx => {
        if (next !== undefined) settle(tx, next)
      },
    )
    return expectInForce(result)
  }

  return {
    complete,
    async completeReady() {
      for (const { proposal, checked } of proposals.all()) {
        if (!checked.isComplete) continue
        try {
          await complete(proposal)
        } catch (error) {
          if (!isLanyardError(error)) throw error
          log.info({ proposal: checked.id, code: error.code }, 'a complete proposal is not taken over')
        }
      }
    },
  }
}
