import type { Reader, Statements } from './statements.ts'

/** What the table of documents holds; each is written and read by one module. */
export type DocumentName =
  | 'device-keys'
  | 'admin-key'
  | 'freshness-seed'
  | 'offered-keys'
  | 'unconfirmed-root-seed'
  | 'trusted'
  | 'prekeys'

/** A copy that its reader may keep or wipe. */
export const readDocument = (reader: Reader, name: DocumentName): Uint8Array | undefined => {
  const row = reader.get<{ bytes: Uint8Array }>('SELECT bytes FROM documents WHERE name = ?', name)
  return row && new Uint8Array(row.bytes)
}

export const writeDocument = (tx: Statements, name: DocumentName, bytes: Uint8Array): void => {
  tx.run('INSERT OR REPLACE INTO documents (name, bytes) VALUES (?, ?)', name, bytes)
}

/** Writes zeros over the bytes first, so that the page that they stood on does not keep them. */
export const deleteDocument = (tx: Statements, name: DocumentName): void => {
  tx.run('UPDATE documents SET bytes = zeroblob(length(bytes)) WHERE name = ?', name)
  tx.run('DELETE FROM documents WHERE name = ?', name)
}

/** Small facts about the profile. */
export type MetaKey = 'feed-epoch' | 'self' | 'listen-port' | 'latest-time'

export const readMeta = (reader: Reader, key: MetaKey): string | undefined =>
  reader.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value

export const writeMeta = (tx: Statements, key: MetaKey, value: string): void => {
  tx.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key, value)
}
