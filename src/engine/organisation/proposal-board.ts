import { isLanyardError, LanyardError } from '../../shared/errors.ts'
import type { ProposalId } from '../../shared/ids.ts'
import { createInTurn } from '../../shared/in-turn.ts'
import type { Log } from '../../shared/log.ts'
import { createEmitter } from '../emitter.ts'
import type { Store } from '../storage/store.ts'

/** Changes that wait at the same time. Each new version of the list ends all that were made for the one before. */
const MAX_PROPOSALS = 32

/** Bytes of all of them: an import of 10,000 people takes 2 MB. */
const MAX_PROPOSALS_BYTES = 32 * 1024 * 1024

/** Dropped ones whose mark is kept; older marks belong to lists that have long been replaced. */
const MAX_MARKS = 256

/** What the board has to know of a proposal. */
export interface BoardProposal {
  readonly id: ProposalId
}

/** How proposals are read and judged; pure, from src/org. */
export interface ProposalRules<Proposal extends BoardProposal> {
  /** Throws `document-malformed`, `document-too-large`. */
  read(bytes: Uint8Array): Proposal
  write(proposal: Proposal): Uint8Array
  /**
   * Keys whose signature on it is valid and may count. Throws `proposal-outdated` where it was made for another list or
   * root than the one in force, and what its content is refused for.
   */
  check(proposal: Proposal): readonly string[]
  /** All valid signatures of both; the first where the second adds none. */
  merge(proposal: Proposal, other: Proposal): Proposal
}

export interface HeldProposal<Proposal> {
  readonly proposal: Proposal
  /** Keys that have signed it validly. */
  readonly signed: readonly string[]
}

/** Changes that wait for more signatures, on administrators' devices alone. */
export interface ProposalBoard<Proposal extends BoardProposal = BoardProposal> {
  all(): readonly HeldProposal<Proposal>[]
  find(id: ProposalId): HeldProposal<Proposal> | undefined
  /** Whether it is here or was dropped on this device. */
  isKnown(id: ProposalId): boolean
  /**
   * Checks it, adds its signatures to those that are here, keeps it durably and spreads it. Brings one back that was
   * dropped. Resolves with the merged one. Throws what checking throws, and `bad-input` where nobody who may has signed it,
   * or there is no room.
   */
  put(proposal: Proposal): Promise<HeldProposal<Proposal>>
  /** The same for what another device handed over: dropped ones stay dropped, what is refused is left out and named. */
  takeOver(proposals: readonly Uint8Array[]): Promise<{ news: number; refused: readonly LanyardError[] }>
  /** Forgets it on this device: it does not come back from another. */
  drop(id: ProposalId): Promise<void>
  /** Ends those that are outdated: the list or the root in force has changed. */
  review(): Promise<void>
  /** After one was added, signed, dropped or outdated, durably. */
  onChanged(listener: () => void): () => void
}

export interface ProposalBoardInit<Proposal extends BoardProposal> {
  store: Store
  rules: ProposalRules<Proposal>
  log: Log
}

interface Row {
  id: ProposalId
  bytes: Uint8Array
  is_gone: number
}

interface Kept<Proposal> extends HeldProposal<Proposal> {
  readonly size: number
}

export const createProposalBoard = <Proposal extends BoardProposal>(
  init: ProposalBoardInit<Proposal>,
): ProposalBoard<Proposal> => {
  const { store, rules, log } = init
  const changed = createEmitter()
  const inTurn = createInTurn()
  const held = new Map<ProposalId, Kept<Proposal>>()
  const gone = new Set<ProposalId>()

  const outdated = (id: ProposalId, error: unknown) => {
    if (!isLanyardError(error)) throw error
    log.info({ proposal: id, code: error.code }, 'a proposal has become pointless')
  }

  for (const { id, bytes, is_gone } of store.all<Row>('SELECT id, bytes, is_gone FROM proposals')) {
    if (is_gone === 1) gone.add(id)
    else {
      const encoded = new Uint8Array(bytes)
      try {
        const proposal = rules.read(encoded)
        held.set(id, { proposal, signed: rules.check(proposal), size: encoded.length })
      } catch (error) {
        outdated(id, error) // the list changed and the process ended before the board was reviewed
      }
    }
  }

  const assertRoom = (id: ProposalId, size: number) => {
    const others = [...held].filter(([other]) => other !== id).map(([, kept]) => kept.size)
    const total = others.reduce((sum, each) => sum + each, size)
    if (others.length >= MAX_PROPOSALS || total > MAX_PROPOSALS_BYTES)
      throw new LanyardError('bad-input', 'Too many changes wait for signatures already')
  }

  /** Null where it adds nothing. */
  const keep = async (proposal: Proposal): Promise<Kept<Proposal> | null> => {
    const known = held.get(proposal.id)
    const merged = known === undefined ? proposal : rules.merge(known.proposal, proposal)
    if (merged === known?.proposal) return null
    const signed = rules.check(merged)
    if (signed.length === 0) throw new LanyardError('bad-input', 'Nobody who may has signed this proposal')
    const bytes = rules.write(merged)
    assertRoom(merged.id, bytes.length)
    await store.write(tx => {
      tx.run('INSERT OR REPLACE INTO proposals (id, bytes) VALUES (?, ?)', merged.id, bytes)
    })
    const kept = { proposal: merged, signed, size: bytes.length }
    held.set(merged.id, kept)
    gone.delete(merged.id)
    return kept
  }

  return {
    all: () => [...held.values()],
    find: id => held.get(id),
    isKnown: id => held.has(id) || gone.has(id),
    put: proposal =>
      inTurn(async () => {
        const kept = await keep(proposal)
        if (kept !== null) changed.emit()
        return kept ?? (held.get(proposal.id) as Kept<Proposal>)
      }),
    takeOver: proposals =>
      inTurn(async () => {
        const refused: LanyardError[] = []
        let news = 0
        for (const bytes of proposals) {
          try {
            const proposal = rules.read(bytes)
            if (!gone.has(proposal.id) && (await keep(proposal)) !== null) news += 1
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
        await store.write(tx => {
          tx.run('UPDATE proposals SET is_gone = 1, bytes = zeroblob(0) WHERE id = ?', id)
          tx.run(
            `DELETE FROM proposals WHERE is_gone = 1 AND rowid NOT IN
               (SELECT rowid FROM proposals WHERE is_gone = 1 ORDER BY rowid DESC LIMIT ?)`,
            MAX_MARKS,
          )
        })
        held.delete(id)
        gone.add(id)
        changed.emit()
      }),
    review: () =>
      inTurn(async () => {
        const ended: ProposalId[] = []
        for (const [id, { proposal, size }] of held) {
          try {
            held.set(id, { proposal, signed: rules.check(proposal), size })
          } catch (error) {
            outdated(id, error)
            ended.push(id)
          }
        }
        if (ended.length === 0) return
        await store.write(tx => {
          for (const id of ended) tx.run('DELETE FROM proposals WHERE id = ?', id)
        })
        for (const id of ended) held.delete(id)
        changed.emit()
      }),
    onChanged: changed.on,
  }
}
