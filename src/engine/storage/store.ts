import { type ErrorCode, isLanyardError, LanyardError } from '../../shared/errors.ts'
import { createEmitter } from '../emitter.ts'
import { type ChangeKind, createChangeLog } from './change-feed.ts'
import { type OpenDatabaseOptions, openDatabase } from './database.ts'
import { migrate } from './migrations/migrate.ts'
import { createStatements, type Reader, type SqlValue, type Statements } from './statements.ts'
import { storageError } from './storage-error.ts'

/** Works in one transaction: enough to make a commit cheap, few enough that the event loop breathes. */
const MAX_GROUP = 256

export interface Transaction extends Statements {
  /** Tells the caches of the clients that this row is new, different or gone. */
  markChanged(kind: ChangeKind, id: string): void
}

export interface Store extends Reader {
  /**
   * Runs `work` inside a transaction and resolves with its result once the commit is on the disk. All works that are
   * queued in the same turn of the event loop share one commit; each has its own savepoint, so that one that throws is
   * undone alone. `work` is synchronous and runs once. Rejects with what `work` threw, or with `disk-full`,
   * `storage-failed`, `profile-corrupt`, or `profile-locked` after `close`.
   */
  write<T>(work: (tx: Transaction) => T): Promise<T>
  /** Called after each commit that marked changes, with the newest sequence number. Returns the way to stop it. */
  onChanged(listener: (sequence: number) => void): () => void
  /** Called when commits begin to fail for a reason of the disk, and with null when they work again. */
  onProblem(listener: (problem: ErrorCode | null) => void): () => void
  /** Commits what is queued, then closes. */
  close(): void
}

interface Queued {
  work(tx: Transaction): unknown
  resolve(value: unknown): void
  reject(error: unknown): void
}

type Outcome = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown }

const diskProblem = (error: unknown): ErrorCode | null =>
  isLanyardError(error) &&
  (error.code === 'disk-full' || error.code === 'storage-failed' || error.code === 'profile-corrupt')
    ? error.code
    : null

/** Opens the profile's database, brings its schema up to date and commits in groups. Throws what opening throws. */
export const openStore = (options: OpenDatabaseOptions): Store => {
  const db = openDatabase(options)
  try {
    migrate(db)
  } catch (error) {
    db.close()
    throw error
  }
  const statements = createStatements(db)
  const changes = createChangeLog(statements)
  const tx: Transaction = { ...statements, markChanged: changes.mark }
  const changed = createEmitter<number>()
  const problemChanged = createEmitter<ErrorCode | null>()
  let queue: Queued[] = []
  let scheduled = false
  let problem: ErrorCode | null = null
  let announced = changes.last()

  const setProblem = (next: ErrorCode | null) => {
    if (next === problem) return
    problem = next
    problemChanged.emit(next)
  }

  /** One work in its savepoint. Throws only what makes the whole group fail: SQLite gave up the transaction or the disk. */
  const runOne = ({ work }: Queued): Outcome => {
    statements.run('SAVEPOINT work')
    const marks = changes.count()
    try {
      const value = work(tx)
      statements.run('RELEASE work')
      return { kind: 'done', value }
    } catch (thrown) {
      const error = storageError(thrown)
      if (!db.inTransaction || diskProblem(error) !== null) throw error
      statements.run('ROLLBACK TO work')
      changes.backTo(marks)
      statements.run('RELEASE work')
      return { kind: 'failed', error }
    }
  }

  const commitGroup = (group: readonly Queued[]) => {
    let outcomes: Outcome[]
    try {
      statements.run('BEGIN IMMEDIATE')
      outcomes = group.map(runOne)
      changes.write()
      statements.run('COMMIT')
      setProblem(null)
    } catch (thrown) {
      const error = storageError(thrown)
      if (db.inTransaction) statements.run('ROLLBACK')
      changes.backTo(0)
      outcomes = group.map(() => ({ kind: 'failed', error }))
      setProblem(diskProblem(error) ?? 'storage-failed')
    }
    group.forEach((queued, at) => {
      const outcome = outcomes[at]
      if (outcome?.kind === 'done') queued.resolve(outcome.value)
      else queued.reject(outcome?.error)
    })
    if (problem !== null || changes.last() === announced) return
    announced = changes.last()
    changed.emit(announced)
  }

  const flush = () => {
    scheduled = false
    if (!db.open || queue.length === 0) return
    const group = queue.slice(0, MAX_GROUP)
    queue = queue.slice(MAX_GROUP)
    commitGroup(group)
    schedule()
  }

  const schedule = () => {
    if (scheduled || queue.length === 0) return
    scheduled = true
    setImmediate(flush)
  }

  const read = <T>(reading: () => T): T => {
    if (!db.open) throw new LanyardError('profile-locked', 'The profile is locked')
    try {
      return reading()
    } catch (thrown) {
      const error = storageError(thrown)
      setProblem(diskProblem(error) ?? problem)
      throw error
    }
  }

  return {
    get: <Row>(sql: string, ...values: SqlValue[]) => read(() => statements.get<Row>(sql, ...values)),
    all: <Row>(sql: string, ...values: SqlValue[]) => read(() => statements.all<Row>(sql, ...values)),
    write: <T>(work: (tx: Transaction) => T) =>
      new Promise<T>((resolve, reject) => {
        if (!db.open) return reject(new LanyardError('profile-locked', 'The profile is locked'))
        queue.push({ work, resolve: value => resolve(value as T), reject })
        schedule()
      }),
    onChanged: changed.on,
    onProblem: problemChanged.on,
    close() {
      while (db.open && queue.length > 0) flush()
      if (db.open) db.close()
    },
  }
}
