import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { decode, encode } from 'cborg'
import { LanyardError } from '../../shared/errors.ts'

/** Bytes of the random nonce in front of every sealed row (XChaCha20-Poly1305, draft-irtf-cfrg-xchacha section 2.3). */
const NONCE_BYTES = 24

/** What IndexedDB sees of a row: what its indexes need in the clear, and everything once more, sealed. */
export interface SealedRow {
  readonly [field: string]: unknown
  readonly sealed: Uint8Array<ArrayBuffer>
}

const associatedData = (table: string, primaryKey: unknown): Uint8Array => encode([table, primaryKey])

/**
 * Seals one row of the cache. The row's table and primary key are bound to it, so that rows cannot be swapped on disk;
 * `clearFields` are copied beside the sealed part for the indexes and never trusted when the row is opened.
 */
export const sealRow = (
  key: Uint8Array,
  table: string,
  primaryKey: unknown,
  row: object,
  clearFields: readonly string[],
): SealedRow => {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const cipher = xchacha20poly1305(key, nonce, associatedData(table, primaryKey)).encrypt(encode(row))
  const sealed = new Uint8Array(NONCE_BYTES + cipher.length)
  sealed.set(nonce)
  sealed.set(cipher, NONCE_BYTES)
  const clear = Object.fromEntries(Object.entries(row).filter(([field]) => clearFields.includes(field)))
  return { ...clear, sealed }
}

/** Throws `storage-failed` for a row under another key, of another place, or not sealed at all. */
export const openRow = (key: Uint8Array, table: string, primaryKey: unknown, stored: unknown): object => {
  const sealed = typeof stored === 'object' && stored !== null && 'sealed' in stored ? stored.sealed : undefined
  if (!(sealed instanceof Uint8Array) || sealed.length <= NONCE_BYTES)
    throw new LanyardError('storage-failed', `A row of ${table} is not sealed`)
  try {
    const cipher = xchacha20poly1305(key, sealed.subarray(0, NONCE_BYTES), associatedData(table, primaryKey))
    return decode(cipher.decrypt(sealed.subarray(NONCE_BYTES))) as object
  } catch (cause) {
    throw new LanyardError('storage-failed', `A row of ${table} cannot be opened`, { cause })
  }
}
