/** Milliseconds between two attempts: quick at first, because somebody is watching; then quiet. */
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000
/**
 * Milliseconds between two attempts that news has hurried. A device that takes a connection and drops it makes news of
 * every attempt: without a bound each would begin the next.
 */
const HURRIED_EVERY = 1_000

export interface Retry {
  /** Resolves after the next pause, at once when the signal is aborted, and soon after `now`. */
  pause(): Promise<void>
  /**
   * Ends the pause: there is a reason to believe that it works now. Counts also when no pause is under way. At once the
   * first time, and `HURRIED_EVERY` after the last pause that was ended so.
   */
  now(): void
  /** The last attempt got somewhere: begin with a short pause again. */
  reset(): void
}

/** Pauses that double, ended early by good news. */
export const createRetry = (signal: AbortSignal): Retry => {
  let next = FIRST_PAUSE
  let isDue = false
  /** Milliseconds on a clock that nobody sets. */
  let hurriedAt = Number.NEGATIVE_INFINITY
  let hurry: (() => void) | undefined

  return {
    pause() {
      const length = next
      next = Math.min(next * 2, LONGEST_PAUSE)
      return new Promise(resolve => {
        const finish = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          hurry = undefined
          isDue = false
          resolve()
        }
        let timer = setTimeout(finish, length)
        const endsAt = performance.now() + length
        hurry = () => {
          hurry = undefined
          const now = performance.now()
          hurriedAt = Math.min(Math.max(now, hurriedAt + HURRIED_EVERY), endsAt)
          clearTimeout(timer)
          if (hurriedAt <= now) finish()
          else timer = setTimeout(finish, hurriedAt - now)
        }
        signal.addEventListener('abort', finish)
        if (signal.aborted) finish()
        else if (isDue) hurry()
      })
    },
    now() {
      next = FIRST_PAUSE
      isDue = true
      hurry?.()
    },
    reset() {
      next = FIRST_PAUSE
    },
  }
}
