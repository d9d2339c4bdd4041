import { encodeDelta, type TrustedState } from '../../org/index.ts'
import type { ListHistory } from './list-history.ts'
import type { DeltaWanted } from './sync-frame.ts'

/** Bases whose delta is kept: after a change everybody asks from the same one, and the stragglers from a few. */
const KEPT = 16

/** Bytes of a delta that is kept; larger ones are made anew for each who asks. */
const MAX_KEPT_BYTES = 256 * 1024

export interface DeltasInit {
  trusted(): TrustedState
  history: Pick<ListHistory, 'touchedSince'>
}

/** Makes for each device what it lacks; once for all those that lack the same. */
export const createDeltas = ({ trusted, history }: DeltasInit) => {
  let of: TrustedState | undefined
  const made = new Map<string, Uint8Array>()

  return {
    /** Undefined where this device does not know that state, or too much came since. */
    since(base: DeltaWanted): Uint8Array | undefined {
      const state = trusted()
      if (of !== state) made.clear()
      of = state
      const name = `${base.listHash} ${base.rootVersion}`
      const known = made.get(name)
      if (known !== undefined) return known
      const touched = history.touchedSince(base)
      if (touched === undefined) return undefined
      const delta = encodeDelta(state, base, touched)
      if (made.size < KEPT && delta.length <= MAX_KEPT_BYTES) made.set(name, delta)
      return delta
    },
  }
}
