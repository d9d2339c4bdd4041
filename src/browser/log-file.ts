import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, type Log } from '../shared/log.ts'

/** Bytes: beyond this the file is put aside, and the one before it goes: whatever a neighbour sends, the log takes twice this. */
const MAX_LOG_BYTES = 5 * 1024 * 1024

/** Opens `lanyard.log` in a folder of the profile; the folder is made when it is not there. */
export const openLog = (folder: string, level: string | undefined): Log => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'lanyard.log')
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const write = (line: string) => {
    if (size > MAX_LOG_BYTES) {
      renameSync(file, `${file}.1`)
      size = 0
    }
    appendFileSync(file, `${line}\n`, { mode: 0o600 })
    size += Buffer.byteLength(line) + 1
  }
  return createLog({ level, now: Date.now, write })
}
