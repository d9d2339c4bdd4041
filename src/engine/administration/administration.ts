import type { CryptoProvider } from '../../crypto/index.ts'
import { toHex } from '../../crypto/index.ts'
import type { PhotoHash } from '../../shared/ids.ts'
import { createEmitter } from '../emitter.ts'
import type { AdminKey } from '../organisation/admin-key.ts'
import type { Membership } from '../organisation/membership.ts'
import type { Store } from '../storage/store.ts'
import { type Changes, createChanges } from './changes.ts'

/** The console's side of an open profile. */
export interface Administration {
  readonly changes: Changes
  /** See `organisation.administration` of the status. */
  counts(): { staged: number; proposals: number; offers: number; revision: number }
  /** The list has changed. */
  onListChanged(): Promise<void>
  onChanged(listener: () => void): () => void
}

export interface AdministrationInit {
  store: Store
  provider: CryptoProvider
  membership: Membership
  adminKey: AdminKey
  now(): number
}

export const createAdministration = (init: AdministrationInit): Administration => {
  const { provider, now } = init
  const changed = createEmitter()
  // not from 0: a client that outlives the engine must see that it is another one
  let revision = now()
  const note = () => {
    revision += 1
    changed.emit()
  }

  const changes = createChanges({
    ...init,
    keepPhoto(tx, bytes) {
      const hash = toHex(provider.sha256(bytes)) as PhotoHash
      tx.run('INSERT OR IGNORE INTO photos (hash, bytes) VALUES (?, ?)', hash, bytes)
      return hash
    },
  })
  changes.onChanged(note)

  return {
    changes,
    counts: () => ({ staged: changes.stagedCount(), proposals: 0, offers: 0, revision }),
    async onListChanged() {
      await changes.reconcile()
      note()
    },
    onChanged: changed.on,
  }
}
