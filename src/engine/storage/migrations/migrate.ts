import { LanyardError } from '../../../shared/errors.ts'
import type { SqliteDatabase } from '../database.ts'
import { storageError } from '../storage-error.ts'
import { profileTables } from './001-profile.ts'
import { messageTables } from './002-messages.ts'
import { groupTables } from './003-groups.ts'
import { administrationTables } from './004-administration.ts'
import { consoleTables } from './005-console.ts'
import { queuedIndex } from './006-queued.ts'

/** In order; the number of a migration is its place, from 1 on. Never changed once released, only added to. */
const migrations: readonly string[] = [
  profileTables,
  messageTables,
  groupTables,
  administrationTables,
  consoleTables,
  queuedIndex,
]

export const newestSchema = migrations.length

/**
 * Brings the database to the newest schema, one transaction a step, so that a crash leaves a whole step or none.
 * Throws `profile-newer` for a database that a newer Lanyard has written.
 */
export const migrate = (db: SqliteDatabase): void => {
  try {
    const found = Number(db.pragma('user_version', { simple: true }))
    if (found > newestSchema)
      throw new LanyardError('profile-newer', `The profile has schema ${found}; this version knows ${newestSchema}`)
    migrations.slice(found).forEach((sql, step) => {
      db.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${found + step + 1}; COMMIT`)
    })
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw storageError(error)
  }
}
