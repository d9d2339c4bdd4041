import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, type Logger, pino } from 'pino'

export type Log = Logger

/** Bytes: beyond this the file of the last runs is put aside at start, and the one before it goes. */
const MAX_LOG_BYTES = 5 * 1024 * 1024

/** Fields that may hold content or secrets never reach the file. */
const REDACTED = ['text', 'passphrase', 'key', 'secret', 'link', 'token', 'seed', 'words']

export const openLog = (folder: string, level: string): Log => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'lanyard.log')
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_LOG_BYTES) renameSync(file, `${file}.1`)
  return pino(
    { level, redact: { paths: REDACTED.flatMap(name => [name, `*.${name}`]), censor: '[removed]' } },
    destination({ dest: file, sync: true, mode: 0o600 }),
  )
}
