import type { CryptoProvider } from '../../crypto/index.ts'
import {
  prepareList,
  proposalId,
  proposeList,
  publishList,
  signList,
  signProposal,
  type TrustedState,
} from '../../org/index.ts'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { ProposalId } from '../../shared/ids.ts'
import type { HeldProposal, ProposalBoard } from '../organisation/boards/proposal-board.ts'
import type { AdminKey } from '../organisation/keys/admin-key.ts'
import type { Membership } from '../organisation/list/membership.ts'
import type { Transaction } from '../storage/store.ts'
import { expectInForce, isCurrent, type Publishing } from './publishing.ts'
import { withRecoveryWords } from './recovery-key.ts'
import { needsRenewal } from './renewal.ts'
import type { Staged } from './staged.ts'
import { type AddedDevice, planOf, type StagedPlan } from './staged-plan.ts'
import { isProposedBy, standOf } from './told-proposal.ts'

export type Signed = EngineOutput<'changes.sign'>

/** What an administrator wants changed, from the first edit to the signed document. */
export interface Changes {
  /** Throws `not-admin`, `admin-locked`, `nothing-to-sign`, and what the list refuses. */
  sign(): Promise<Signed>
  /** Throws `proposal-unknown`, `already-signed`, `admin-locked`, `recovery-words-wrong`. */
  signProposal(id: ProposalId, words: readonly string[] | null): Promise<Signed>
  /** Forgets it here; own edits in it wait on this device again. Throws `proposal-unknown`. */
  dropProposal(id: ProposalId): Promise<void>
  /**
   * Lets a device in: at once where one signature is enough, otherwise staged with everything else. `check` throws where
   * that does not stand any more when its turn has come; `also` writes in the same transaction. Throws as `sign` does.
   */
  letIn(
    edit: AddedDevice,
    steps: { check: () => void; also: (tx: Transaction, isSigned: boolean) => void },
  ): Promise<void>
  /** After a signature was added: in force, or waiting for the rest. */
  submit(held: HeldProposal): Promise<Signed>
  /** Made for what is in force, by anybody. */
  waitingProposals(): readonly HeldProposal[]
}

export interface ChangesInit {
  provider: CryptoProvider
  membership: Membership
  adminKey: AdminKey
  staged: Staged
  proposals: ProposalBoard
  publishing: Publishing
  write<T>(work: (tx: Transaction) => T): Promise<T>
  now(): number
}

const nothingToSign = () => new LanyardError('nothing-to-sign', 'Nothing has changed, and the list is good as it is')

const contentOf = ({ edits, policy }: StagedPlan) => (policy === undefined ? { edits } : { edits, policy })

export const createChanges = (init: ChangesInit): Changes => {
  const { provider, membership, adminKey, staged, proposals, publishing, write, now } = init
  const { self } = membership

  /** One signature is enough: signs and takes over in one turn, so that nothing comes between. */
  const publish = async (plan: (trusted: TrustedState) => StagedPlan, also: (tx: Transaction) => void) => {
    let next: TrustedState | undefined
    const result = await membership.change(
      trusted => {
        const draft = prepareList(provider, trusted, contentOf(plan(trusted)), now())
        const published = publishList(
          provider,
          trusted,
          adminKey.use(seed => signList(provider, draft, seed)),
          now(),
        )
        next = expectInForce(published)
        return published
      },
      tx => {
        if (next !== undefined) staged.settle(tx, next)
        also(tx)
      },
    )
    return result.trusted
  }

  const expectProposal = (id: ProposalId): HeldProposal => {
    const held = proposals.find(id)
    if (held === undefined) throw new LanyardError('proposal-unknown', 'No such change waits for signatures')
    return held
  }

  const submit = async ({ proposal, checked }: HeldProposal): Promise<Signed> => {
    if (checked.isComplete) await publishing.complete(proposal)
    return { outcome: checked.isComplete ? 'in-force' : 'waiting', ...standOf(checked) }
  }

  const waitingProposals = () => proposals.all().filter(held => isCurrent(membership.trusted(), held))

  const ownLists = () =>
    waitingProposals().filter(held => held.proposal.kind === 'list' && isProposedBy(held, self.personId))

  /** All own edits in one proposal: two that are made for the same list would shut each other out. */
  const propose = async (trusted: TrustedState): Promise<Signed> => {
    const earlier = ownLists()
    const isDue = staged.count() > 0 || (earlier.length === 0 && needsRenewal(trusted, now()))
    const plan = planOf(trusted, staged.all())
    if (!isDue || (plan.rows.length === 0 && !needsRenewal(trusted, now()))) throw nothingToSign()
    const proposal = proposeList(provider, trusted, contentOf(plan), self.personId, now())
    const signed = adminKey.use(seed => signProposal(provider, trusted, proposal, seed))
    const held = await proposals.put(signed)
    await staged.carry(plan.rows, proposalId(provider, signed))
    for (const { checked } of earlier) await proposals.drop(checked.id)
    return submit(held)
  }

  return {
    async sign() {
      adminKey.use(() => undefined) // a locked key is told before anything is computed
      const { threshold } = membership.trusted().root.roles.contacts
      if (threshold > 1) return propose(membership.trusted())
      const { list } = await publish(
        current => {
          const plan = planOf(current, staged.all())
          if (plan.rows.length === 0 && !needsRenewal(current, now())) throw nothingToSign()
          return plan
        },
        () => undefined,
      )
      const signatures = list.signed.signatures.length
      return { outcome: 'in-force', version: list.header.version, signatures, threshold }
    },
    async signProposal(id, words) {
      const { proposal, checked } = expectProposal(id)
      const trusted = membership.trusted()
      const sign = (seed: Uint8Array) => signProposal(provider, trusted, proposal, seed)
      if (checked.kind === 'list') return submit(await proposals.put(adminKey.use(sign)))
      if (words === null) throw new LanyardError('bad-input', 'A root is signed with the words of a recovery sheet')
      const roots = [trusted.root, checked.root]
      return submit(await proposals.put(withRecoveryWords(provider, { words, roots }, sign)))
    },
    async dropProposal(id) {
      expectProposal(id)
      await proposals.drop(id)
    },
    async letIn(edit, { check, also }) {
      adminKey.use(() => undefined)
      if (membership.trusted().root.roles.contacts.threshold > 1) {
        await write(tx => {
          check()
          staged.letIn(tx, edit)
          also(tx, false)
        })
        return
      }
      await publish(
        current => {
          check()
          const person = staged.newPerson(edit.personId)
          const row = { id: 0, edit, stagedAt: now(), proposal: null }
          return planOf(current, person === undefined ? [row] : [person, row])
        },
        tx => also(tx, true),
      )
    },
    submit,
    waitingProposals,
  }
}
