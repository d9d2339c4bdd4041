import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, type Logger, pino } from 'pino'

/** Bytes: beyond this the file of the last runs is put aside at start, and the one before it goes. */
const MAX_LOG_BYTES = 5 * 1024 * 1024

/** Fields that may hold content or secrets never reach the file. */
const REDACTED = ['text', 'passphrase', 'key', 'secret', 'link', 'token', 'seed', 'words']

const putAsideWhenLong = (file: string) => {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_LOG_BYTES) renameSync(file, `${file}.1`)
}

export const openLog = (folder: string, level: string): Logger => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'lanyard.log')
  putAsideWhenLong(file)
  return pino(
    { level, redact: { paths: REDACTED.flatMap(name => [name, `*.${name}`]), censor: '[removed]' } },
    destination({ dest: file, sync: true, mode: 0o600 }),
  )
}
