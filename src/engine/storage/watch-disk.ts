import type { ErrorCode } from '../../shared/errors.ts'
import type { Store } from './store.ts'

/** Milliseconds between two tries to write while the disk is full: somebody is making room. */
const TRY_EVERY = 2_000

/**
 * Knows whether commits work. While they fail, it tries again and again, so that the fault passes by itself: what could
 * not be stored was not acknowledged and comes again.
 */
export const watchDisk = (store: Store, onChanged: () => void) => {
  let problem: ErrorCode | null = null
  let timer: NodeJS.Timeout | undefined

  const probe = () => {
    store
      .write(tx => tx.run(`INSERT OR REPLACE INTO meta (key, value) VALUES ('disk-probe', hex(randomblob(512)))`))
      .catch(() => undefined) // onProblem has it
  }
  const stopListening = store.onProblem(next => {
    problem = next
    clearInterval(timer)
    if (next !== null) {
      timer = setInterval(probe, TRY_EVERY)
      timer.unref()
    }
    onChanged()
  })

  return {
    problem: () => problem,
    stop() {
      clearInterval(timer)
      stopListening()
    },
  }
}
