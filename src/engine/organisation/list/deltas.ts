import { encodeDelta, encodeDeltaWithoutList, type TouchedSince, type TrustedState } from '../../../org/index.ts'
import type { ListHistory } from './list-history.ts'

/** Bases whose delta is kept: after a change everybody asks from the same one, and the stragglers from a few. */
const KEPT = 16

/** Bytes of a delta that is kept; larger ones are made anew for each who asks. */
const MAX_KEPT_BYTES = 256 * 1024

/** Of another list of the same version the header alone is told: it is the evidence. */
const nothingTouched: TouchedSince = { keys: new Set(), isPolicyTouched: false }

/** What a device has in force, as it names it when it asks for what came since. */
export interface DeltaWanted {
  readonly rootVersion: number
  readonly listVersion: number
  /** SHA-256 of the header, hex. */
  readonly listHash: string
}

export interface DeltasInit {
  trusted(): TrustedState
  history: Pick<ListHistory, 'touchedSince'>
}

/** Makes for each device what it lacks; once for all those that lack the same. */
export const createDeltas = ({ trusted, history }: DeltasInit) => {
  let of: TrustedState | undefined
  const made = new Map<string, Uint8Array>()

  const make = (state: TrustedState, base: DeltaWanted) => {
    const own = state.list.header.version
    // under a root that is not known there yet, that list may count for nothing: then the whole is what helps
    const isRootKnown = base.rootVersion >= state.root.version
    if (base.listVersion > own && isRootKnown) return encodeDeltaWithoutList(state, base)
    const touched = base.listVersion === own && isRootKnown ? nothingTouched : history.touchedSince(base)
    return touched && encodeDelta(state, base, touched)
  }

  return {
    /** Undefined where this device does not know that state, or too much came since. */
    since(base: DeltaWanted): Uint8Array | undefined {
      const state = trusted()
      if (of !== state) made.clear()
      of = state
      const name = `${base.listHash} ${base.listVersion} ${base.rootVersion}`
      const known = made.get(name)
      if (known !== undefined) return known
      const delta = make(state, base)
      if (delta === undefined) return undefined
      if (made.size < KEPT && delta.length <= MAX_KEPT_BYTES) made.set(name, delta)
      return delta
    },
  }
}
