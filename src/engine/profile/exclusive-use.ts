import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { LanyardError } from '../../shared/errors.ts'
import { storageError } from '../storage/storage-error.ts'

/** Held by whoever uses a profile folder. */
export interface ExclusiveUse {
  release(): void
}

/**
 * Makes the folder where it is not there and takes it for this engine alone: an exclusive transaction on a small
 * database of its own. That is a lock of the operating system, so it goes with the process however that ends, and two
 * engines inside one process exclude each other as well. Throws `profile-in-use`, `disk-full`, `storage-failed`.
 */
export const takeExclusiveUse = (folder: string): ExclusiveUse => {
  let db: Database.Database | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    db = new Database(join(folder, 'profile.lock'), { timeout: 0 })
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
    const held = db
    return { release: () => held.close() }
  } catch (thrown) {
    db?.close()
    const error = storageError(thrown)
    if (error instanceof LanyardError && error.code === 'profile-in-use')
      throw new LanyardError('profile-in-use', 'Lanyard is running with this profile already', { cause: thrown })
    throw error
  }
}
