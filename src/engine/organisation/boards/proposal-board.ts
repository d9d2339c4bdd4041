import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  type CheckedProposal,
  checkProposal,
  encodeProposal,
  mergeSignatures,
  type Proposal,
  proposalId,
  readProposal,
} from '../../../org/index.ts'
import { isLanyardError, LanyardError } from '../../../shared/errors.ts'
import type { ProposalId } from '../../../shared/ids.ts'
import { createInTurn } from '../../../shared/in-turn.ts'
import type { Log } from '../../../shared/log.ts'
import { createEmitter } from '../../emitter.ts'
import type { Store } from '../../storage/store.ts'
import type { Membership } from '../list/membership.ts'
import { deleteProposals, markProposalGone, readProposals, saveProposal } from './proposal-rows.ts'
import { withinShares } from './proposal-shares.ts'

/** Changes that wait at the same time. Each new version of the list ends all that were made for the one before. */
const MAX_PROPOSALS = 32

/** Bytes of all of them; how much of it one key may fill, see proposal-shares.ts. */
const MAX_PROPOSALS_BYTES = 128 * 1024 * 1024

/** A proposal with what it is under the list and the root in force. */
export interface HeldProposal {
  readonly proposal: Proposal
  readonly checked: CheckedProposal
}

/** Changes that wait for more signatures, on administrators' devices alone. */
export interface ProposalBoard {
  all(): readonly HeldProposal[]
  find(id: ProposalId): HeldProposal | undefined
  /** Whether it is here or was dropped on this device. */
  isKnown(id: ProposalId): boolean
  /**
   * Checks it, adds its signatures to those that are here, keeps it durably and spreads it. Brings one back that was
   * dropped. Resolves with what is held then. Throws what checking throws, and `bad-input` where nobody who may has signed
   * it, or there is no room.
   */
  put(proposal: Proposal): Promise<HeldProposal>
  /**
   * The same for what another device handed over: dropped ones stay dropped, what there is no room for is left out, what is
   * refused is left out and named.
   */
  takeOver(proposals: readonly Uint8Array[]): Promise<{ news: number; refused: readonly LanyardError[] }>
  /** Forgets it on this device: it does not come back from another. */
  drop(id: ProposalId): Promise<void>
  /** Ends those that are outdated: the list or the root in force has changed. */
  review(): Promise<void>
  /** After one was added, signed, dropped or outdated, durably. */
  onChanged(listener: () => void): () => void
}

export interface ProposalBoardInit {
  store: Store
  provider: CryptoProvider
  membership: Pick<Membership, 'trusted'>
  log: Log
}

interface Kept extends HeldProposal {
  /** Bytes. */
  readonly size: number
}

export const createProposalBoard = ({ store, provider, membership, log }: ProposalBoardInit): ProposalBoard => {
  const changed = createEmitter()
  const inTurn = createInTurn()
  const held = new Map<ProposalId, Kept>()
  const gone = new Set<ProposalId>()

  /** Without signatures that do not count any more. Throws what checking throws, `bad-input` without any signature. */
  const examine = (proposal: Proposal, other = proposal): HeldProposal => {
    const trusted = membership.trusted()
    const merged = mergeSignatures(provider, trusted, proposal, other)
    const checked = checkProposal(provider, trusted, merged)
    if (checked.signed.length === 0)
      throw new LanyardError('bad-input', 'Nobody who may sign this proposal has signed it')
    return { proposal: merged, checked }
  }

  /** Undefined where it has become pointless. */
  const examineAgain = (id: ProposalId, proposal: Proposal): HeldProposal | undefined => {
    try {
      return examine(proposal)
    } catch (error) {
      if (!isLanyardError(error)) throw error
      log.info({ proposal: id, code: error.code }, 'a proposal has become pointless')
      return undefined
    }
  }

  for (const { id, bytes, is_gone } of readProposals(store)) {
    const kept = is_gone === 1 ? undefined : examineAgain(id, readProposal(bytes))
    if (is_gone === 1) gone.add(id)
    else if (kept !== undefined) held.set(id, { ...kept, size: bytes.length })
  }

  /** What goes for it; undefined where there is no room for it itself. */
  const makeRoom = (kept: Kept): readonly ProposalId[] | undefined => {
    const { id } = kept.checked
    const all = [...[...held.values()].filter(({ checked }) => checked.id !== id), kept]
    const staying = new Set(withinShares(all))
    const size = [...staying].reduce((sum, each) => sum + each.size, 0)
    if (!staying.has(kept) || staying.size > MAX_PROPOSALS || size > MAX_PROPOSALS_BYTES) return undefined
    return all.filter(each => !staying.has(each)).map(({ checked }) => checked.id)
  }

  /** Undefined where there is no room. */
  const keep = async (proposal: Proposal): Promise<{ held: HeldProposal; isNews: boolean } | undefined> => {
    const id = proposalId(provider, proposal)
    const known = held.get(id)
    const examined = known === undefined ? examine(proposal) : examine(known.proposal, proposal)
    if (known !== undefined && examined.checked.signed.length === known.checked.signed.length)
      return { held: known, isNews: false }
    const bytes = encodeProposal(examined.proposal)
    const kept: Kept = { ...examined, size: bytes.length }
    const crowdedOut = makeRoom(kept)
    if (crowdedOut === undefined) return undefined
    await store.write(tx => {
      deleteProposals(tx, crowdedOut)
      saveProposal(tx, id, bytes)
    })
    for (const other of crowdedOut) {
      held.delete(other)
      log.info({ proposal: other }, 'a proposal has given way to others with the same signature')
    }
    held.set(id, kept)
    gone.delete(id)
    return { held: examined, isNews: true }
  }

  return {
    all: () => [...held.values()],
    find: id => held.get(id),
    isKnown: id => held.has(id) || gone.has(id),
    put: proposal =>
      inTurn(async () => {
        const kept = await keep(proposal)
        if (kept === undefined) throw new LanyardError('bad-input', 'Too many changes wait for signatures already')
        if (kept.isNews) changed.emit()
        return kept.held
      }),
    takeOver: proposals =>
      inTurn(async () => {
        const refused: LanyardError[] = []
        let news = 0
        for (const bytes of proposals) {
          try {
            const proposal = readProposal(bytes)
            if (gone.has(proposalId(provider, proposal))) continue
            // an honest device carries what there is no room for here
            if ((await keep(proposal))?.isNews === true) news += 1
          } catch (error) {
            if (!isLanyardError(error)) throw error
            refused.push(error)
          }
        }
        if (news > 0) changed.emit()
        return { news, refused }
      }),
    drop: id =>
      inTurn(async () => {
        if (!held.has(id)) return
        await store.write(tx => markProposalGone(tx, id))
        held.delete(id)
        gone.add(id)
        changed.emit()
      }),
    review: () =>
      inTurn(async () => {
        const ended: ProposalId[] = []
        for (const [id, { proposal, size }] of held) {
          const kept = examineAgain(id, proposal)
          if (kept === undefined) ended.push(id)
          else held.set(id, { ...kept, size })
        }
        if (ended.length > 0) await store.write(tx => deleteProposals(tx, ended))
        for (const id of ended) held.delete(id)
        if (ended.length > 0) changed.emit()
      }),
    onChanged: changed.on,
  }
}
