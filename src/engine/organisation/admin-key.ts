import * as z from 'zod/mini'
import { utf8, wipe } from '../../crypto/index.ts'
import { LanyardError } from '../../shared/errors.ts'
import { createInTurn } from '../../shared/in-turn.ts'
import { createEmitter } from '../emitter.ts'
import {
  unwrapSecret,
  type WrappedSecret,
  type WrappingProvider,
  wrappedSecret,
  wrapSecret,
} from '../profile/passphrase.ts'
import { readDocument, writeDocument } from '../storage/documents.ts'
import type { Reader, Statements } from '../storage/statements.ts'

/** Milliseconds that the signing key stays in memory after its passphrase was typed. */
export const ADMIN_UNLOCK_TIME = 15 * 60_000

const CONTEXT = 'lanyard/admin-key/1'

/** The key that signs contact lists, under a passphrase of its own: an open profile alone signs nothing. */
export interface AdminKey {
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
  now(): number
}

export const wrapAdminKey = (
  provider: WrappingProvider,
  seed: Uint8Array,
  passphrase: string,
): Promise<WrappedSecret> => wrapSecret(provider, { secret: seed, passphrase, context: CONTEXT })

export const keepAdminKey = (tx: Statements, wrapped: WrappedSecret): void =>
  writeDocument(tx, 'admin-key', utf8(JSON.stringify(wrapped)))

export const createAdminKey = ({ store, provider, now }: AdminKeyInit): AdminKey => {
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

  const wrapped = (): WrappedSecret => {
    const bytes = readDocument(store, 'admin-key')
    if (bytes === undefined) throw new LanyardError('not-admin', 'This device holds no key of an administrator')
    return z.parse(wrappedSecret, JSON.parse(new TextDecoder().decode(bytes)))
  }

  return {
    isHeld: () => readDocument(store, 'admin-key') !== undefined,
    isUnlocked: () => seed !== undefined && now() < until,
    unlock: passphrase =>
      inTurn(async () => hold(await unwrapSecret(provider, { wrapped: wrapped(), passphrase, context: CONTEXT }))),
    hold,
    lock,
    use(work) {
      if (seed !== undefined && now() < until) return work(seed)
      wrapped()
      throw new LanyardError('admin-locked', "The administrator's key is locked")
    },
    onChanged: changed.on,
  }
}
