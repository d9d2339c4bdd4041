import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  decodeStep,
  encodeStep,
  type HistoryStep,
  historyStep,
  type ListVersion,
  type TrustedState,
  undoStep,
} from '../../../org/index.ts'
import { createEmitter } from '../../emitter.ts'
import type { Store, Transaction } from '../../storage/store.ts'
import {
  boundHistory,
  type HistoryRow,
  type PlacedList,
  placeInForce,
  placeOfList,
  readPlaces,
  readStepAt,
  sizeOfHistory,
  writeStep,
} from './history-rows.ts'

/** Steps undone without a pause where they are walked along: each takes some milliseconds with 10,000 people. */
const UNDONE_AT_ONCE = 8

/** Where steps are missing. */
export interface HistoryGap {
  /** The list above: what came before it is not here. */
  readonly from: PlacedList
  /** Place of the next older list that is here; null where nothing is. */
  readonly to: number | null
  /** Version of the list in force: whoever has that one may have its past. */
  readonly newest: number
}

/** Finds what this device has never seen of the list's past, and takes it over from others. */
export interface HistoryGaps {
  find(passed: ReadonlySet<number>): Promise<HistoryGap | undefined>
  fill(gap: HistoryGap, steps: readonly Uint8Array[]): Promise<boolean>
  onFilled(listener: () => void): () => void
  isNone(): boolean
}

export interface HistoryGapsInit {
  store: Store
  provider: CryptoProvider
  trusted(): TrustedState
  walk(): Iterable<PlacedList>
  undo(newer: ListVersion, row: HistoryRow): ListVersion
  onFork(known: HistoryStep, found: ListVersion): Promise<void>
  /** Bytes of all steps together. Nothing that is here goes for the sake of what others tell. */
  maxBytes: number
}

interface Undone {
  readonly version: ListVersion
  readonly step: Uint8Array
}

/** What a colleague's steps have led to. */
interface Filled {
  readonly undone: readonly Undone[]
  /** The step to the older list that is here, where they lead to it. */
  readonly joining: Uint8Array | null
  /** Nothing is missing any more: they lead to a list that is here, or to the first. */
  readonly isClosed: boolean
}

const noPlaces: ReadonlySet<number> = new Set()

const pause = () => new Promise(resolve => setImmediate(resolve))

export const createHistoryGaps = (init: HistoryGapsInit): HistoryGaps => {
  const { store, provider, trusted, walk, undo, onFork, maxBytes } = init
  const filledUp = createEmitter()
  /** Where `fill` got to: the next gap begins there. */
  let reached: PlacedList | undefined

  /** From what the rows say alone. */
  const findPlaces = (passed: ReadonlySet<number> = noPlaces): { from: number; to: number | null } | undefined => {
    let from = { place: placeInForce(store), version: trusted().list.header.version }
    for (const { place, version, is_open } of readPlaces(store)) {
      if (is_open === 1 && !passed.has(from.place)) return { from: from.place, to: place }
      from = { place, version }
    }
    return from.version > 1 && !passed.has(from.place) ? { from: from.place, to: null } : undefined
  }

  /** Whether the list stands at its place still: a newer one may have come, and what is oldest may have gone. */
  const placeNow = ({ place, version: { list } }: PlacedList): number | undefined => {
    if (readStepAt(store, place)?.list_hash === list.hash) return place
    return list.hash === trusted().list.hash ? placeInForce(store) : undefined
  }

  const walkTo = async (place: number): Promise<PlacedList | undefined> => {
    if (reached?.place === place && placeNow(reached) === place) return reached
    let undone = 0
    for (const placed of walk()) {
      if (placed.place === place) return placed
      if (++undone % UNDONE_AT_ONCE === 0) await pause()
    }
    return undefined
  }

  /** Keeps what is true; `fault` is what was found wrong after it. */
  const undoAll = async (gap: HistoryGap, steps: readonly Uint8Array[]): Promise<Filled & { fault: unknown }> => {
    const undone: Undone[] = []
    const end = (isClosed: boolean, joining: Uint8Array | null = null, fault: unknown = null) => ({
      undone,
      joining,
      isClosed,
      fault,
    })
    let { version } = gap.from
    let room = maxBytes - sizeOfHistory(store)
    for (const step of steps) {
      room -= step.length
      if (version.list.header.previous === null || room < 0) break
      try {
        version = undoStep(provider, trusted(), version, decodeStep(step))
      } catch (fault) {
        return end(false, null, fault)
      }
      const known = placeOfList(store, version.list.hash)
      if (known !== undefined || version.list.hash === trusted().list.hash)
        return end(true, known === gap.to ? step : null)
      undone.push({ version, step })
      await pause()
    }
    return end(version.list.header.previous === null)
  }

  const write = (tx: Transaction, gap: HistoryGap, older: ListVersion | undefined, filled: Filled) => {
    const from = placeNow(gap.from)
    if (from === undefined) return
    let place = from
    for (const { version, step } of filled.undone) {
      const { hash, header } = version.list
      writeStep(tx, { place: --place, version: header.version, list_hash: hash, step, is_own: 0, is_open: 0 })
    }
    const last = filled.undone.at(-1)?.version ?? gap.from.version
    const row = gap.to === null ? undefined : readStepAt(tx, gap.to)
    if (row !== undefined && older !== undefined) {
      const { joining, isClosed } = filled
      const step = joining ?? encodeStep(historyStep(older, last))
      writeStep(tx, { ...row, step, is_own: joining === null ? 1 : 0, is_open: isClosed ? 0 : 1 })
    }
    boundHistory(tx, maxBytes)
    reached = { place, version: last }
  }

  return {
    async find(passed) {
      const places = findPlaces(passed)
      const from = places && (await walkTo(places.from))
      return from && places && { from, to: places.to, newest: trusted().list.header.version }
    },
    async fill(gap, steps) {
      const row = gap.to === null ? undefined : readStepAt(store, gap.to)
      const older = row && undo(gap.from.version, row)
      const filled = await undoAll(gap, steps)
      const { undone, isClosed, fault } = filled
      const hasNews = undone.length > 0 || isClosed
      if (hasNews) {
        await store.write(tx => write(tx, gap, older, filled))
        // what was jumped over came after another list than the one that this device had: two of one version were signed
        const other = undone.find(({ version }) => version.list.header.version === row?.version)
        if (row !== undefined && other !== undefined) await onFork(decodeStep(row.step), other.version)
        filledUp.emit()
      }
      if (fault !== null) throw fault
      return hasNews
    },
    onFilled: filledUp.on,
    isNone: () => findPlaces() === undefined,
  }
}
