import { createLog, type Log } from './log.ts'

/** The part of `node:fs` that a log needs; handed in, because this folder also runs where there is none. */
export interface LogDisk {
  mkdirSync(path: string, options: { recursive: true; mode: number }): unknown
  statSync(path: string, options: { throwIfNoEntry: false }): { size: number } | undefined
  renameSync(from: string, to: string): void
  appendFileSync(path: string, line: Uint8Array, options: { mode: number }): void
}

export interface LogFileInit {
  disk: LogDisk
  /** Of the profile; made when it is not there. */
  folder: string
  /** Of the file: each process has its own. */
  name: string
  level: string | undefined
}

/** Bytes: beyond this the file is put aside, and the one before it goes: whatever a neighbour sends, the log takes twice this. */
const MAX_LOG_BYTES = 5 * 1024 * 1024

const encoder = new TextEncoder()

/** A log that only this user can read. Throws when the folder cannot be made. */
export const openLogFile = ({ disk, folder, name, level }: LogFileInit): Log => {
  disk.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = `${folder}/${name}`
  let size = disk.statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const write = (line: string) => {
    if (size > MAX_LOG_BYTES) {
      disk.renameSync(file, `${file}.1`)
      size = 0
    }
    const bytes = encoder.encode(`${line}\n`)
    disk.appendFileSync(file, bytes, { mode: 0o600 })
    size += bytes.length
  }
  return createLog({ level, now: Date.now, write })
}
