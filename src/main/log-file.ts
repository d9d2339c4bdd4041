import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, type Log } from '../shared/log.ts'

/** Bytes: beyond this the file of the last runs is put aside at start, and the one before it goes. */
const MAX_LOG_BYTES = 5 * 1024 * 1024

/** Opens `lanyard.log` in a folder of the profile; the folder is made when it is not there. */
export const openLog = (folder: string, level: string | undefined): Log => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'lanyard.log')
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_LOG_BYTES) renameSync(file, `${file}.1`)
  return createLog({ level, now: Date.now, write: line => appendFileSync(file, `${line}\n`, { mode: 0o600 }) })
}
