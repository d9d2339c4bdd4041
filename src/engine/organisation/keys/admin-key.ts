import * as z from 'zod/mini'
import { type CryptoProvider, utf8, wipe } from '../../../crypto/index.ts'
import { keyIdOf } from '../../../org/index.ts'
import { LanyardError } from '../../../shared/errors.ts'
import { type KeyId, keyId } from '../../../shared/ids.ts'
import { createInTurn } from '../../../shared/in-turn.ts'
import { createEmitter } from '../../emitter.ts'
import { unwrapSecret, type WrappingProvider, wrappedSecret, wrapSecret } from '../../profile/passphrase.ts'
import { readDocument, writeDocument } from '../../storage/documents.ts'
import type { Reader, Statements } from '../../storage/statements.ts'

/** Milliseconds that the signing key stays in memory after its passphrase was typed. */
export const ADMIN_UNLOCK_TIME = 15 * 60_000

const CONTEXT = 'lanyard/admin-key/1'

/** The key that signs contact lists, under a passphrase of its own: an open profile alone signs nothing. */
export interface AdminKey {
  /** Of the key that the root in force lets sign lists; null where this device holds none. */
  id(): KeyId | null
  isHeld(): boolean
  isUnlocked(): boolean
  /** Throws `not-admin`, `passphrase-wrong`. */
  unlock(passphrase: string): Promise<void>
  /** The seed of an organisation that was founded just now; taken over and wiped with the next `lock`. */
  hold(seed: Uint8Array): void
  lock(): void
  /** Lends the 32-byte seed for one use. Throws `not-admin`, `admin-locked`. */
  use<T>(work: (seed: Uint8Array) => T): T
  onChanged(listener: () => void): () => void
}

export interface AdminKeyInit {
  store: Reader
  provider: WrappingProvider
  /** Whether the root in force lets this key sign lists: one that was taken out of it is used no more. */
  isInForce(key: KeyId): boolean
  now(): number
}

/** A signing key under its passphrase, with its public key, which is its id. */
export const wrappedKey = z.strictObject({ key: keyId, wrapped: wrappedSecret })
export type WrappedKey = z.infer<typeof wrappedKey>

export const wrapAdminKey = async (
  provider: WrappingProvider & Pick<CryptoProvider, 'ed25519PublicKey'>,
  seed: Uint8Array,
  passphrase: string,
): Promise<WrappedKey> => ({
  key: keyIdOf(provider, seed),
  wrapped: await wrapSecret(provider, { secret: seed, passphrase, context: CONTEXT }),
})

export const keepAdminKey = (tx: Statements, key: WrappedKey): void =>
  writeDocument(tx, 'admin-key', utf8(JSON.stringify(key)))

export const createAdminKey = ({ store, provider, isInForce, now }: AdminKeyInit): AdminKey => {
  const changed = createEmitter()
  const inTurn = createInTurn() // each try takes 128 MiB
  let seed: Uint8Array | undefined
  let until = 0
  let timer: NodeJS.Timeout | undefined

  const lock = () => {
    clearTimeout(timer)
    if (seed === undefined) return
    wipe(seed)
    seed = undefined
    changed.emit()
  }

  const hold = (opened: Uint8Array) => {
    lock()
    seed = opened
    until = now() + ADMIN_UNLOCK_TIME
    timer = setTimeout(lock, ADMIN_UNLOCK_TIME)
    timer.unref()
    changed.emit()
  }

  const held = (): WrappedKey | undefined => {
    const bytes = readDocument(store, 'admin-key')
    const key = bytes && z.parse(wrappedKey, JSON.parse(new TextDecoder().decode(bytes)))
    return key !== undefined && isInForce(key.key) ? key : undefined
  }

  const expectHeld = (): WrappedKey => {
    const key = held()
    if (key === undefined) throw new LanyardError('not-admin', 'This device holds no key of an administrator')
    return key
  }

  return {
    id: () => held()?.key ?? null,
    isHeld: () => held() !== undefined,
    isUnlocked: () => seed !== undefined && now() < until && held() !== undefined,
    unlock: passphrase =>
      inTurn(async () =>
        hold(await unwrapSecret(provider, { wrapped: expectHeld().wrapped, passphrase, context: CONTEXT })),
      ),
    hold,
    lock,
    use(work) {
      expectHeld()
      if (seed !== undefined && now() < until) return work(seed)
      throw new LanyardError('admin-locked', "The administrator's key is locked")
    },
    onChanged: changed.on,
  }
}
