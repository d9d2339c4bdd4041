import { closeSync, openSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { storageError } from './storage-error.ts'

export type SqliteDatabase = Database.Database

export interface OpenDatabaseOptions {
  /** Absolute path of the file; made when it is not there. */
  path: string
  /** 32 bytes. Used as it is, with no derivation inside SQLite; the caller zeroises its copy. */
  key: Uint8Array
}

/** KiB of decrypted pages in memory; SQLite's 2 MiB hold less than the indexes that each message touches. */
const PAGE_CACHE_KIB = 16 * 1024

/** Pages of 4 KiB in the write-ahead log before they are moved into the file: fewer, longer pauses than with 1,000. */
const CHECKPOINT_PAGES = 4_000

/** SQLite takes exactly these 4 + 32 bytes as a raw key and skips its own passphrase derivation (64,007 rounds). */
const rawKey = (key: Uint8Array): Buffer => {
  if (key.length !== 32) throw new RangeError(`The key of a database has 32 bytes, not ${key.length}`)
  return Buffer.concat([Buffer.from('raw:'), key])
}

/**
 * Opens a file that is encrypted and authenticated page by page (ChaCha20-Poly1305), with every commit on the disk
 * before it returns. Throws `profile-corrupt` where the file is not a database of this key (the file stays as it is),
 * `disk-full` and `storage-failed`.
 */
export const openDatabase = ({ path, key }: OpenDatabaseOptions): SqliteDatabase => {
  const raw = rawKey(key)
  let db: SqliteDatabase | undefined
  try {
    closeSync(openSync(path, 'a', 0o600)) // SQLite itself would let everybody read a new file
    db = new Database(path, { timeout: 0 })
    db.pragma(`cipher = 'chacha20'`)
    db.key(raw)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma(`cache_size = -${PAGE_CACHE_KIB}`)
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    db.pragma('secure_delete = FAST')
    db.pragma('temp_store = MEMORY') // a temporary file would not be encrypted
    db.prepare('SELECT count(*) FROM sqlite_schema').get() // the first read: fails when the key or the file is wrong
    return db
  } catch (error) {
    db?.close()
    throw storageError(error)
  } finally {
    raw.fill(0)
  }
}

/** Removes a database with the files that SQLite keeps beside it. Only after its key is gone. */
export const removeDatabase = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}
