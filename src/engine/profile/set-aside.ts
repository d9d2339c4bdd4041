import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { storageError } from '../storage/storage-error.ts'
import { type ProfileFile, writeProfileFile } from './profile-file.ts'

/** A name that is free: two profiles may be put away on one day. */
const freeFolder = (folder: string, name: string): string => {
  let path = join(folder, name)
  for (let number = 2; existsSync(path); number++) path = join(folder, `${name}-${number}`)
  return path
}

/**
 * Moves a closed profile into a folder of its own inside the folder, which is empty for the next one then; `file` says how
 * its key is kept from now on. Broken off at any moment, the database is in a folder with a file that leads to its key.
 * Returns the new folder. Throws `disk-full`, `storage-failed`.
 */
export const moveAside = (folder: string, name: string, file: ProfileFile): string => {
  try {
    const aside = freeFolder(folder, name)
    mkdirSync(aside, { mode: 0o700 })
    writeProfileFile(join(aside, 'profile.json'), file)
    for (const part of ['profile.db-wal', 'profile.db-shm', 'profile.db'])
      if (existsSync(join(folder, part))) renameSync(join(folder, part), join(aside, part))
    rmSync(join(folder, 'profile.json'))
    return aside
  } catch (error) {
    throw storageError(error)
  }
}
