import { type CryptoProvider, type DeviceKeys, publicKeysOf, toHex, wipe } from '../../../crypto/index.ts'
import { foundOrganisation } from '../../../org/index.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { checkPassphrase } from '../../profile/passphrase.ts'
import { writeDocument } from '../../storage/documents.ts'
import type { Store } from '../../storage/store.ts'
import { keepAdminKey, wrapAdminKey } from '../keys/admin-key.ts'
import { keepRootSeed } from '../keys/recovery.ts'
import { beginMembership } from '../list/membership.ts'

export interface FoundInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  now(): number
}

export interface FoundInput {
  organisation: string
  name: string
  title: string
  deviceName: string
  /** For the administrator's signing key. */
  passphrase: string
}

/** A person's id is random: it says nothing about them and is never given again. */
export const newPersonId = (provider: Pick<CryptoProvider, 'randomBytes'>): PersonId =>
  toHex(provider.randomBytes(16)) as PersonId

/**
 * Starts an organisation with this device's person as its administrator, and keeps everything of it; the root key until
 * the recovery sheet is confirmed. Returns the 32 bytes that sign contact lists; the caller wipes them. Throws
 * `passphrase-weak`.
 */
export const found = async ({ store, provider, keys, now }: FoundInit, input: FoundInput): Promise<Uint8Array> => {
  checkPassphrase(input.passphrase)
  const { organisation, name, title, deviceName } = input
  const personId = newPersonId(provider)
  const { rootSeed, adminSeed, freshnessSeed, trusted } = foundOrganisation(provider, {
    name: organisation,
    founder: { personId, name, title, device: publicKeysOf(keys), deviceName },
    now: now(),
  })
  const wrapped = await wrapAdminKey(provider, adminSeed, input.passphrase)
  await store.write(tx => {
    keepAdminKey(tx, wrapped)
    writeDocument(tx, 'freshness-seed', freshnessSeed)
    keepRootSeed(tx, rootSeed)
    beginMembership(tx, trusted, personId)
  })
  wipe(rootSeed, freshnessSeed)
  return adminSeed
}
