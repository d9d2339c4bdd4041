import { nextListVersion, type TrustedState } from '../../org/index.ts'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import type { PersonId } from '../../shared/ids.ts'
import { MAX_TOLD_CHANGES } from '../../shared/limits.ts'
import type { NoticeBoard } from '../organisation/boards/notice-board.ts'
import type { HeldProposal } from '../organisation/boards/proposal-board.ts'
import type { AdminKey } from '../organisation/keys/admin-key.ts'
import { describeEdit } from './describe-edit.ts'
import type { NameOf } from './names.ts'
import { needsRenewal } from './renewal.ts'
import type { Staged } from './staged.ts'
import { draftOf } from './staged-draft.ts'
import { fateOf } from './staged-plan.ts'
import { tellProposal } from './told-proposal.ts'

export interface ChangesPageInit {
  trusted(): TrustedState
  self: PersonId
  adminKey: Pick<AdminKey, 'id'>
  staged: Pick<Staged, 'gravest' | 'count'>
  waitingProposals(): readonly HeldProposal[]
  notices: Pick<NoticeBoard, 'ofKind'>
  nameOf: NameOf
  now(): number
}

/** What waits: for a signature of this device, or for those of others. */
export const createChangesPage = (init: ChangesPageInit) => {
  const { trusted, self, adminKey, staged, waitingProposals, notices, nameOf, now } = init

  return (): EngineOutput<'changes.get'> => {
    const state = trusted()
    const rows = staged.gravest(MAX_TOLD_CHANGES)
    const { threshold, keys } = state.root.roles.contacts
    const offers = notices.ofKind('key-offer').map(({ offer }) => offer)
    const teller = { trusted: state, self, ownKey: adminKey.id(), offers, nameOf }
    return {
      nextVersion: nextListVersion(state),
      threshold,
      signers: keys.length,
      staged: rows.map(({ id, stagedAt, edit }) => {
        const fate = fateOf(state, edit)
        const problem = fate === 'change' || fate === 'idle' ? null : fate
        const draft = draftOf(edit)
        return { id, stagedAt, change: describeEdit(state, edit, nameOf), problem, ...(draft && { draft }) }
      }),
      stagedCount: staged.count(),
      proposals: waitingProposals().map(held => tellProposal(held, teller)),
      needsRenewal: needsRenewal(state, now()),
    }
  }
}
