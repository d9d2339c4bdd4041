import type { WithEngine } from './engine-session.ts'
import type { Outcome } from './outcome.ts'
import type { Secrets } from './secrets.ts'

/** What every command gets, made of the options that all of them have. */
export interface Context {
  readonly secrets: Secrets
  readonly withEngine: WithEngine
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A line for whoever waits; not with `--quiet`, and never on standard output. */
  readonly progress: (line: string) => void
  /** Ends what takes its time: Ctrl+C. */
  readonly signal: AbortSignal
}

/** Makes a command's work into what commander calls. */
export type Act = <Args extends unknown[]>(
  work: (context: Context, ...args: Args) => Promise<Outcome>,
) => (...args: Args) => Promise<void>
