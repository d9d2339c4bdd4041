import * as z from 'zod/mini'
import { type CryptoProvider, fromHex, toHex, utf8, wipe } from '../../../crypto/index.ts'
import { keyIdOf, type OfferedSeeds } from '../../../org/index.ts'
import { keyId, noticeId } from '../../../shared/ids.ts'
import type { WrappingProvider } from '../../profile/passphrase.ts'
import { deleteDocument, readDocument, writeDocument } from '../../storage/documents.ts'
import type { Reader, Statements } from '../../storage/statements.ts'
import { keepAdminKey, wrapAdminKey, wrappedKey } from './admin-key.ts'
import { deleteRootSeed, keepRootSeed } from './recovery.ts'

const SEED_BYTES = 32

const offered = z.strictObject({
  contacts: wrappedKey,
  /** The seed itself, hex: it vouches for what is signed, and signs nothing else. */
  freshness: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** Whose seed is on the recovery sheet. */
  root: keyId,
  offeredAt: z.int(),
  notice: noticeId,
})

/** Keys that this device has made and offered, while no root names them. */
export type OfferedKeys = z.infer<typeof offered>

/** Seeds for one offer; the caller wipes them. */
export const makeSeeds = ({
  randomBytes,
}: Pick<CryptoProvider, 'randomBytes'>): OfferedSeeds & { root: Uint8Array } => ({
  contacts: randomBytes(SEED_BYTES),
  freshness: randomBytes(SEED_BYTES),
  root: randomBytes(SEED_BYTES),
})

export const wipeSeeds = ({ contacts, freshness, root }: OfferedSeeds): void => {
  wipe(contacts, freshness)
  if (root !== null) wipe(root)
}

/** The contacts key under its passphrase, the rest as the profile keeps it. Throws `passphrase-weak`. */
export const wrapOffer = async (
  provider: WrappingProvider & Pick<CryptoProvider, 'ed25519PublicKey'>,
  seeds: OfferedSeeds & { root: Uint8Array },
  { passphrase, offeredAt, notice }: { passphrase: string } & Pick<OfferedKeys, 'offeredAt' | 'notice'>,
): Promise<OfferedKeys> => ({
  contacts: await wrapAdminKey(provider, seeds.contacts, passphrase),
  freshness: toHex(seeds.freshness),
  root: keyIdOf(provider, seeds.root),
  offeredAt,
  notice,
})

export const readOffer = (reader: Reader): OfferedKeys | undefined => {
  const bytes = readDocument(reader, 'offered-keys')
  return bytes && z.parse(offered, JSON.parse(new TextDecoder().decode(bytes)))
}

/** The root seed stays until its recovery sheet is confirmed. */
export const keepOffer = (tx: Statements, keys: OfferedKeys, rootSeed: Uint8Array): void => {
  writeDocument(tx, 'offered-keys', utf8(JSON.stringify(keys)))
  keepRootSeed(tx, rootSeed)
}

/** They were offered in vain. */
export const dropOffer = (tx: Statements): void => {
  deleteDocument(tx, 'offered-keys')
  deleteRootSeed(tx)
}

/** A root names them: they are this device's keys from now on. */
export const adoptOffer = (tx: Statements, { contacts, freshness }: OfferedKeys): void => {
  const seed = fromHex(freshness)
  keepAdminKey(tx, contacts)
  writeDocument(tx, 'freshness-seed', seed)
  deleteDocument(tx, 'offered-keys')
  wipe(seed)
}
