import type { DBCore, DBCoreTable, Middleware } from 'dexie'
import { openRow, sealRow } from './seal.ts'

/** Below every other middleware of Dexie, so that all of them see plain rows. */
const LOWEST = -2

export interface EncryptionInit {
  /** 32 bytes. */
  readonly key: Uint8Array
  /** Told when a row cannot be opened: the cache is of no use and must be rebuilt. */
  onUnreadable(): void
}

/**
 * Seals the rows of every table on their way to IndexedDB. Dexie's transactions live in its own promises: nothing here
 * may be an async function, everything chains with `.then`.
 */
export const encryption = ({ key, onUnreadable }: EncryptionInit): Middleware<DBCore> => ({
  stack: 'dbcore',
  name: 'encryption',
  level: LOWEST,
  create: core => ({ ...core, table: name => encryptedTable(core.table(name), key, onUnreadable) }),
})

const clearFieldsOf = ({ schema }: DBCoreTable): string[] =>
  [schema.primaryKey, ...schema.indexes].flatMap(({ keyPath }) => keyPath ?? [])

const encryptedTable = (table: DBCoreTable, key: Uint8Array, onUnreadable: () => void): DBCoreTable => {
  const clearFields = clearFieldsOf(table)
  const primaryKeyOf = (row: unknown): unknown => table.schema.primaryKey.extractKey?.(row)
  const seal = (row: object) => sealRow(key, table.name, primaryKeyOf(row), row, clearFields)
  const open = (stored: unknown): unknown => {
    if (stored === undefined || stored === null) return stored
    try {
      return openRow(key, table.name, primaryKeyOf(stored), stored)
    } catch (error) {
      onUnreadable()
      throw error
    }
  }

  return {
    ...table,
    mutate: request =>
      table.mutate(
        request.type === 'add' || request.type === 'put'
          ? { ...request, values: request.values.map((row: object) => seal(row)) }
          : request,
      ),
    get: request => table.get(request).then(open),
    getMany: request => table.getMany(request).then((rows: unknown[]) => rows.map(open)),
    query: request =>
      table
        .query(request)
        .then(answer => (request.values === false ? answer : { ...answer, result: answer.result.map(open) })),
    openCursor: request =>
      table.openCursor(request).then(cursor => {
        if (cursor === null || request.values === false) return cursor
        return Object.create(cursor, { value: { get: () => open(cursor.value) } })
      }),
  }
}
