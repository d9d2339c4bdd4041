import Database from 'better-sqlite3-multiple-ciphers'
import { isLanyardError, LanyardError } from '../../shared/errors.ts'

const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Whether the disk has no room: SQLite's own word for it, or the system's. */
const isFull = (code: string) => code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT'

/** The system's words for a disk or a folder that does not let us. */
const DENIED = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENOTDIR'])

/**
 * What a failure of SQLite or of a file means for a person. Anything that is not a condition of the disk or the file
 * (a constraint, bad SQL) is a bug and comes back as it is.
 */
export const storageError = (error: unknown): unknown => {
  if (isLanyardError(error)) return error
  const code = systemCode(error)
  if (code === undefined) return error
  if (isFull(code))
    return new LanyardError('disk-full', 'There is no room on the disk', { cause: error, retryable: true })
  if (DENIED.has(code))
    return new LanyardError('storage-failed', 'The disk refuses to read or write', { cause: error, retryable: true })
  if (!(error instanceof Database.SqliteError)) return error
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new LanyardError('profile-corrupt', 'The database cannot be read', { cause: error })
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY'))
    return new LanyardError('storage-failed', 'The disk refuses to read or write', { cause: error, retryable: true })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new LanyardError('profile-in-use', 'Another program has this profile open', {
      cause: error,
      retryable: true,
    })
  return error
}
