/** What has ended unexpectedly this often within `WINDOW` will end again: the person must be told instead. */
const MAX_RESTARTS = 3
/** Milliseconds. */
const WINDOW = 5 * 60_000

/** True for an unexpected end after which starting again is worth it. */
export const createRestartBudget = (now: () => number): (() => boolean) => {
  let ends: number[] = []
  return () => {
    const at = now()
    ends = [...ends.filter(end => at - end < WINDOW), at]
    return ends.length <= MAX_RESTARTS
  }
}
