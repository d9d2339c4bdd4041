import {
  type CryptoProvider,
  type DeviceKeys,
  decodeDeviceKeys,
  encodeDeviceKeys,
  generateDeviceKeys,
  toHex,
  wipe,
} from '../../crypto/index.ts'
import { readDocument, readMeta, writeDocument, writeMeta } from '../storage/documents.ts'
import { openStore, type Store } from '../storage/store.ts'

/** What an opened profile is made of from its first day on. */
export interface OpenedProfile {
  store: Store
  keys: DeviceKeys
  /** 16 bytes, lower-case hex; see `conversations/feed.ts`. */
  epoch: string
}

const firstFacts = async (store: Store, provider: CryptoProvider): Promise<Omit<OpenedProfile, 'store'>> => {
  const kept = readDocument(store, 'device-keys')
  const epoch = readMeta(store, 'feed-epoch')
  if (kept !== undefined && epoch !== undefined) return { keys: decodeDeviceKeys(provider, kept), epoch }
  const made = { keys: generateDeviceKeys(provider), epoch: toHex(provider.randomBytes(16)) }
  await store.write(tx => {
    writeDocument(tx, 'device-keys', encodeDeviceKeys(made.keys))
    writeMeta(tx, 'feed-epoch', made.epoch)
  })
  return made
}

const openedStore = (path: string, key: Uint8Array): Store => {
  try {
    return openStore({ path, key })
  } finally {
    wipe(key)
  }
}

/** Opens the database and wipes the key; the first time, makes the device's keys. Throws what opening a store throws. */
export const openProfileStore = async (
  path: string,
  key: Uint8Array,
  provider: CryptoProvider,
): Promise<OpenedProfile> => {
  const store = openedStore(path, key)
  try {
    return { store, ...(await firstFacts(store, provider)) }
  } catch (error) {
    store.close()
    throw error
  }
}
