import type { Log } from '../../src/shared/log.ts'

/** For stories that are not about what is logged. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
