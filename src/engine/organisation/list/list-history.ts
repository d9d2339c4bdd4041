import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  type DeltaBase,
  decodeStep,
  encodeStep,
  type HistoryStep,
  historyStep,
  isNextVersion,
  type ListVersion,
  type TouchedSince,
  type TrustedState,
  touchedSince,
  undoStep,
} from '../../../org/index.ts'
import type { Store, Transaction } from '../../storage/store.ts'
import { createHistoryGaps, type HistoryGap } from './history-gaps.ts'
import {
  boundHistory,
  type HistoryRow,
  type PlacedList,
  placeInForce,
  placeOfList,
  readStepBelow,
  readStepsSince,
  sizeOfHistory,
  writeStep,
} from './history-rows.ts'

/** Bytes of all steps together: a step takes some 500 bytes a changed person, so this is 60,000 changes. */
const MAX_HISTORY_BYTES = 32 * 1024 * 1024

/** Below this there is room for older steps of others; what was dropped for want of room is not fetched again. */
const FETCHES_BELOW_BYTES = (MAX_HISTORY_BYTES / 4) * 3

/** Bytes of steps that one delta is made of: beyond it the whole bundle of 10,000 people is the smaller thing. */
const MAX_DELTA_STEPS_BYTES = 1024 * 1024

/** Bytes of one answer to a colleague; one step goes out whatever its size. */
const MAX_ANSWER_BYTES = 512 * 1024

const none: TouchedSince = { keys: new Set(), isPolicyTouched: false }

/**
 * How the list came to be what it is: every list that this device has taken over, as far as there is room, and those between
 * that colleagues have told. Also a thief's, and those before it, when a recovery has put an honest one in its place.
 */
export interface ListHistory {
  /** In the transaction that takes the newer list over. */
  record(tx: Transaction, older: TrustedState, newer: TrustedState): void
  /** What may have changed since the list that another device has; undefined where this device does not know that one. */
  touchedSince(base: Pick<DeltaBase, 'listHash'>): TouchedSince | undefined
  /** Steps for a colleague, from the list with this hash back, as far as they can be checked there. */
  stepsBefore(listHash: string): readonly Uint8Array[]
  /**
   * Back from this list (the one in force), it included; ends where nothing older is here. Throws RefusedDocument where the
   * rows changed under the walk.
   */
  walk(from?: PlacedList): Generator<PlacedList>
  /** The newest gap but for those below these places; undefined where all is here, or there is no room for more. */
  gap(passed?: ReadonlySet<number>): Promise<HistoryGap | undefined>
  /**
   * Takes steps over that lead back from the upper end of a gap. Resolves with whether it is smaller now. Throws
   * RefusedDocument at the first that is not true; those before it are kept.
   */
  fill(gap: HistoryGap, steps: readonly Uint8Array[]): Promise<boolean>
  /** After older lists were taken over, durably. */
  onFilled(listener: () => void): () => void
  /** Whether every step down to version 1 is here. */
  isComplete(): boolean
}

export interface ListHistoryInit {
  store: Store
  provider: CryptoProvider
  trusted(): TrustedState
  /** The step leads to another list than the versions after it. */
  onFork(known: HistoryStep, found: ListVersion): Promise<void>
}

export const createListHistory = ({ store, provider, trusted, onFork }: ListHistoryInit): ListHistory => {
  const undo = (newer: ListVersion, { step, is_own }: HistoryRow) =>
    undoStep(provider, trusted(), newer, decodeStep(step), { isOwn: is_own === 1 })

  function* walk(from?: PlacedList): Generator<PlacedList> {
    let placed = from ?? { place: placeInForce(store), version: trusted() }
    for (;;) {
      yield placed
      const row = readStepBelow(store, placed.place)
      if (row === undefined) return
      placed = { place: row.place, version: undo(placed.version, row) }
    }
  }

  const gaps = createHistoryGaps({ store, provider, trusted, walk, undo, onFork, maxBytes: MAX_HISTORY_BYTES })

  return {
    record(tx, older, newer) {
      const { hash, header } = older.list
      if (hash === newer.list.hash) return
      const isOwn = isNextVersion(older, newer) ? 0 : 1
      writeStep(tx, {
        place: placeInForce(tx),
        version: header.version,
        list_hash: hash,
        step: encodeStep(historyStep(older, newer)),
        is_own: isOwn,
        is_open: isOwn,
      })
      boundHistory(tx, MAX_HISTORY_BYTES)
    },
    touchedSince({ listHash }) {
      if (listHash === trusted().list.hash) return none
      const place = placeOfList(store, listHash)
      if (place === undefined || sizeOfHistory(store, place) > MAX_DELTA_STEPS_BYTES) return undefined
      return touchedSince(readStepsSince(store, place).map(({ step }) => decodeStep(step)))
    },
    stepsBefore(listHash) {
      let place = listHash === trusted().list.hash ? placeInForce(store) : placeOfList(store, listHash)
      const steps: Uint8Array[] = []
      for (let size = 0; place !== undefined && size < MAX_ANSWER_BYTES; ) {
        const row = readStepBelow(store, place)
        if (row === undefined || row.is_own === 1) break
        size += row.step.length
        if (steps.length > 0 && size > MAX_ANSWER_BYTES) break
        steps.push(row.step)
        place = row.place
      }
      return steps
    },
    walk,
    gap: async (passed = new Set()) => (sizeOfHistory(store) < FETCHES_BELOW_BYTES ? gaps.find(passed) : undefined),
    fill: gaps.fill,
    onFilled: gaps.onFilled,
    isComplete: gaps.isNone,
  }
}
