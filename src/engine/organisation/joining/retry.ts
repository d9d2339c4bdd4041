/** Milliseconds between two attempts: quick at first, because somebody is watching; then quiet. */
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000

export interface Retry {
  /** Resolves after the next pause, at once after `now`, or when the signal is aborted. */
  pause(): Promise<void>
  /** Ends the pause: there is a reason to believe that it works now. Counts also when no pause is under way. */
  now(): void
  /** The last attempt got somewhere: begin with a short pause again. */
  reset(): void
}

/** Pauses that double, ended early by good news. */
export const createRetry = (signal: AbortSignal): Retry => {
  let next = FIRST_PAUSE
  let isDue = false
  let end: (() => void) | undefined

  return {
    pause() {
      const length = next
      next = Math.min(next * 2, LONGEST_PAUSE)
      return new Promise(resolve => {
        const finish = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          end = undefined
          isDue = false
          resolve()
        }
        const timer = setTimeout(finish, length)
        end = finish
        signal.addEventListener('abort', finish)
        if (isDue || signal.aborted) finish()
      })
    },
    now() {
      next = FIRST_PAUSE
      isDue = true
      end?.()
    },
    reset() {
      next = FIRST_PAUSE
    },
  }
}
