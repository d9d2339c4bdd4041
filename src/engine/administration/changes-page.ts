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
import type { StagedEdit } from './staged-edit.ts'
import { fateOf } from './staged-plan.ts'
import { tellProposal } from './told-proposal.ts'

export interface ChangesPageInit {
  trusted(): TrustedState
  self: PersonId
  adminKey: Pick<AdminKey, 'id'>
  staged: Pick<Staged, 'waiting' | 'count'>
  waitingProposals(): readonly HeldProposal[]
  notices: Pick<NoticeBoard, 'ofKind'>
  nameOf: NameOf
  now(): number
}

type Draft = EngineOutput<'changes.get'>['staged'][number]['draft']

/** What a form goes on from, whole and not cut as the words for people are. */
const draftOf = (edit: StagedEdit): Draft => {
  if (edit.kind === 'put-person') return { kind: 'person', ...edit.person }
  if (edit.kind === 'put-group') return { kind: 'group', ...edit.group }
  return edit.kind === 'change-policy' ? { kind: 'policy', ...edit.policy } : undefined
}

/** What waits: for a signature of this device, or for those of others. */
export const createChangesPage = (init: ChangesPageInit) => {
  const { trusted, self, adminKey, staged, waitingProposals, notices, nameOf, now } = init

  return (): EngineOutput<'changes.get'> => {
    const state = trusted()
    const rows = staged.waiting(MAX_TOLD_CHANGES)
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
