import type { CryptoProvider } from '../../crypto/index.ts'
import {
  baseOfStep,
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
} from '../../org/index.ts'
import { createEmitter } from '../emitter.ts'
import type { Store, Transaction } from '../storage/store.ts'
import {
  boundHistory,
  deleteStepsFrom,
  deleteStepsUpTo,
  type HistoryRow,
  readPlaces,
  readSteps,
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

/** Steps read at once. */
const PAGE = 256

/** Steps undone without a pause: each takes some milliseconds with 10,000 people. */
const UNDONE_AT_ONCE = 8

const none: TouchedSince = { keys: new Set(), isPolicyTouched: false }

/** Where steps are missing: between the list of version `from` and that of `to` (0: the beginning). */
export interface HistoryGap {
  readonly from: ListVersion
  readonly to: number
}

/** How the list came to be what it is: one step back for each version, as far as they are here. */
export interface ListHistory {
  /** In the transaction that takes the newer list over. */
  record(tx: Transaction, older: TrustedState, newer: TrustedState): void
  /** What may have changed since the list that another device has; undefined where this device does not know that one. */
  touchedSince(base: DeltaBase & { readonly listVersion: number }): TouchedSince | undefined
  /** Steps for a colleague, from the list of this version back. */
  stepsBefore(version: number): readonly Uint8Array[]
  /**
   * Versions back from this one (the list in force), it included; ends where nothing older is here. `isNext`: no version
   * between it and the one before in this walk is missing. Throws RefusedDocument where the rows changed under the walk.
   */
  walk(from?: ListVersion): Generator<{ readonly version: ListVersion; readonly isNext: boolean }>
  /** The newest gap; undefined where all is here, or there is no room for more. */
  gap(): Promise<HistoryGap | undefined>
  /**
   * Takes steps over that lead back from the upper end of a gap. Resolves with how many were new. Throws RefusedDocument at
   * the first that is not true; those before it are kept.
   */
  fill(gap: HistoryGap, steps: readonly Uint8Array[]): Promise<number>
  /** After older versions were taken over, durably. */
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
  const filledUp = createEmitter()
  /** Where `fill` got to: the next gap begins there. */
  let reached: ListVersion | undefined

  const undo = (newer: ListVersion, { step, is_own }: HistoryRow) =>
    undoStep(provider, trusted(), newer, decodeStep(step), { isOwn: is_own === 1 })

  function* walk(from: ListVersion = trusted()): Generator<{ version: ListVersion; isNext: boolean }> {
    let version = from
    yield { version, isNext: true }
    for (;;) {
      const rows = readSteps(store, version.list.header.version, PAGE)
      for (const row of rows) {
        version = undo(version, row)
        yield { version, isNext: row.is_own === 0 }
      }
      if (rows.length < PAGE) return
    }
  }

  /** Version numbers at the ends of the newest gap, from what the rows say alone. */
  const gapPlaces = (): { from: number; to: number } | undefined => {
    let from = trusted().list.header.version
    for (const { version, is_own } of readPlaces(store)) {
      if (is_own === 1) return { from, to: version }
      from = version
    }
    return from > 1 ? { from, to: 0 } : undefined
  }

  const walkTo = async (place: number): Promise<ListVersion | undefined> => {
    if (reached?.list.header.version === place && isSameList(reached, place)) return reached
    let undone = 0
    for (const { version } of walk()) {
      if (version.list.header.version === place) return version
      if (++undone % UNDONE_AT_ONCE === 0) await new Promise(resolve => setImmediate(resolve))
    }
    return undefined
  }

  const keepFilled = async (filled: readonly { version: ListVersion; step: Uint8Array }[], to: number) => {
    const last = filled.at(-1)
    if (last === undefined) return
    const isAtEnd = last.version.list.header.version <= to
    const [kept] = readSteps(store, to + 1, 1)
    await store.write(tx => {
      // what was under another list of this version belongs to a branch that nobody follows
      if (isAtEnd && !isSameList(last.version, to)) deleteStepsUpTo(tx, to)
      for (const { version, step } of filled) writeStep(tx, { version: version.list.header.version, step, is_own: 0 })
      boundHistory(tx, MAX_HISTORY_BYTES)
    })
    reached = last.version
    // what was jumped over came after another list than the one that this device had: two of one version were signed
    const known = kept?.version === last.version.list.header.version ? decodeStep(kept.step) : undefined
    if (known !== undefined && baseOfStep(provider, known).listHash !== last.version.list.hash)
      await onFork(known, last.version)
    filledUp.emit()
  }

  const isSameList = (version: ListVersion, place: number) => {
    const [row] = readSteps(store, place + 1, 1)
    return row?.version === place && baseOfStep(provider, decodeStep(row.step)).listHash === version.list.hash
  }

  return {
    record(tx, older, newer) {
      const version = older.list.header.version
      if (older.list.hash === newer.list.hash) return
      // under a new root a list may count from below: what is here leads back from another list
      if (newer.list.header.version <= version) return deleteStepsFrom(tx, 0)
      const isNext = isNextVersion(older, newer)
      writeStep(tx, { version, step: encodeStep(historyStep(older, newer)), is_own: isNext ? 0 : 1 })
      boundHistory(tx, MAX_HISTORY_BYTES)
    },
    touchedSince(base) {
      if (base.listHash === trusted().list.hash) return none
      if (base.listVersion >= trusted().list.header.version) return undefined
      if (sizeOfHistory(store, base.listVersion) > MAX_DELTA_STEPS_BYTES) return undefined
      const steps = readStepsSince(store, base.listVersion).map(({ step }) => decodeStep(step))
      const oldest = steps.at(-1)
      if (oldest === undefined || baseOfStep(provider, oldest).listHash !== base.listHash) return undefined
      return touchedSince(steps)
    },
    stepsBefore(version) {
      if (version > trusted().list.header.version) return []
      const steps: Uint8Array[] = []
      let size = 0
      for (const row of readSteps(store, version, PAGE)) {
        size += row.step.length
        if (row.is_own === 1 || (steps.length > 0 && size > MAX_ANSWER_BYTES)) break
        steps.push(row.step)
      }
      return steps
    },
    walk,
    async gap() {
      const places = sizeOfHistory(store) < FETCHES_BELOW_BYTES ? gapPlaces() : undefined
      const from = places && (await walkTo(places.from))
      return from && places && { from, to: places.to }
    },
    async fill({ from, to }, steps) {
      const filled: { version: ListVersion; step: Uint8Array }[] = []
      let version = from
      try {
        for (const step of steps) {
          if (version.list.header.version <= Math.max(to, 1)) break
          version = undoStep(provider, trusted(), version, decodeStep(step))
          filled.push({ version, step })
        }
      } finally {
        await keepFilled(filled, to)
      }
      return filled.length
    },
    onFilled: filledUp.on,
    isComplete: () => gapPlaces() === undefined,
  }
}
