import type { Log } from '../shared/log.ts'

/** Work that nobody waits for, until the profile is closed under it. */
export interface Background {
  /** A failure is logged as `what`. */
  run(work: Promise<unknown>, what: string): void
  /** Resolves once nothing is under way. */
  settled(): Promise<void>
}

export const createBackground = (log: Log): Background => {
  const underWay = new Set<Promise<void>>()
  return {
    run(work, what) {
      const watched = work
        .then(
          () => undefined,
          (error: unknown) => log.error({ error }, what),
        )
        .finally(() => underWay.delete(watched))
      underWay.add(watched)
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
