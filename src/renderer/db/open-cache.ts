import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import Dexie from 'dexie'
import { encryption } from './encryption.ts'
import { CacheDatabase } from './schema.ts'

const NAME_PREFIX = 'lanyard-cache-'

/** A name of its own for every key, so that a cache under another key is never even opened. */
export const cacheName = (key: Uint8Array): string =>
  NAME_PREFIX + bytesToHex(sha256(concatBytes(utf8ToBytes('lanyard/cache-name\0'), key))).slice(0, 32)

const deleteOthers = async (name: string): Promise<void> => {
  const others = (await Dexie.getDatabaseNames()).filter(found => found.startsWith(NAME_PREFIX) && found !== name)
  await Promise.all(others.map(found => Dexie.delete(found)))
}

const openOnce = async (name: string, key: Uint8Array, onUnreadable: () => void): Promise<CacheDatabase> => {
  const cache = new CacheDatabase(name)
  cache.use(encryption({ key, onUnreadable }))
  try {
    await cache.open()
    // Also finds out whether rows can be opened at all.
    await cache.state.toArray()
    return cache
  } catch (error) {
    cache.close()
    throw error
  }
}

/**
 * Opens the cache that belongs to this key (32 bytes, in memory only) and deletes those of other keys. A cache that is
 * corrupt or was made by another version is thrown away: the engine has everything in it.
 */
export const openCache = async (key: Uint8Array, onUnreadable: () => void): Promise<CacheDatabase> => {
  const name = cacheName(key)
  await deleteOthers(name)
  try {
    return await openOnce(name, key, onUnreadable)
  } catch {
    await Dexie.delete(name) // rebuilt below; a second failure is the caller's
    return openOnce(name, key, onUnreadable)
  }
}
