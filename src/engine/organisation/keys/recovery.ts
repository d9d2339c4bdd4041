import { recoveryWords, wipe } from '../../../crypto/index.ts'
import { LanyardError } from '../../../shared/errors.ts'
import { createEmitter } from '../../emitter.ts'
import { deleteDocument, readDocument, writeDocument } from '../../storage/documents.ts'
import type { Reader, Statements } from '../../storage/statements.ts'
import type { Store } from '../../storage/store.ts'

/**
 * The root key between the founding and the word of the person that the sheet is stored: a window that is closed too
 * early must not take the organisation's root with it.
 */
export interface Recovery {
  isPending(): boolean
  /** 24 words. Throws `recovery-not-held`. */
  words(): readonly string[]
  /** Forgets the root key for good; once more is no fault. */
  confirm(): Promise<void>
  onChanged(listener: () => void): () => void
}

export const keepRootSeed = (tx: Statements, rootSeed: Uint8Array): void =>
  writeDocument(tx, 'unconfirmed-root-seed', rootSeed)

/** Overwrites and forgets it. */
export const deleteRootSeed = (tx: Statements): void => deleteDocument(tx, 'unconfirmed-root-seed')

const readRootSeed = (store: Reader) => readDocument(store, 'unconfirmed-root-seed')

export const isRootSeedKept = (store: Reader): boolean => {
  const seed = readRootSeed(store)
  if (seed !== undefined) wipe(seed)
  return seed !== undefined
}

export const createRecovery = (store: Store): Recovery => {
  const changed = createEmitter()

  return {
    isPending: () => isRootSeedKept(store),
    words() {
      const seed = readRootSeed(store)
      if (seed === undefined) throw new LanyardError('recovery-not-held', 'This device does not hold the root key')
      const words = recoveryWords(seed)
      wipe(seed)
      return words
    },
    async confirm() {
      await store.write(deleteRootSeed)
      changed.emit()
    },
    onChanged: changed.on,
  }
}
