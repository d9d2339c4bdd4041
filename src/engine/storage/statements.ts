import type Database from 'better-sqlite3-multiple-ciphers'
import type { SqliteDatabase } from './database.ts'

export type SqlValue = string | number | null | Uint8Array

/**
 * Reading. The type of a row is what the statement and the strict tables make it: the file is authenticated by its
 * cipher, so that a row is always something that this code wrote.
 */
export interface Reader {
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: SqlValue[]): Row[]
}

export interface Statements extends Reader {
  /** Returns the number of rows that were changed. */
  run(sql: string, ...values: SqlValue[]): number
}

/** Each text is compiled once and kept: pass values as parameters, never inside the text. */
export const createStatements = (db: SqliteDatabase): Statements => {
  const compiled = new Map<string, Database.Statement<SqlValue[]>>()
  const statement = (sql: string): Database.Statement<SqlValue[]> => {
    const known = compiled.get(sql)
    if (known !== undefined) return known
    const fresh = db.prepare<SqlValue[]>(sql)
    compiled.set(sql, fresh)
    return fresh
  }
  return {
    get: <Row>(sql: string, ...values: SqlValue[]) => statement(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: SqlValue[]) => statement(sql).all(...values) as Row[],
    run: (sql, ...values) => statement(sql).run(...values).changes,
  }
}
