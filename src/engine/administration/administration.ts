import { type CryptoProvider, type DeviceKeys, toHex } from '../../crypto/index.ts'
import type { PhotoHash } from '../../shared/ids.ts'
import type { Log } from '../../shared/log.ts'
import { createEmitter } from '../emitter.ts'
import type { NoticeBoard } from '../organisation/boards/notice-board.ts'
import type { ProposalBoard } from '../organisation/boards/proposal-board.ts'
import type { AdminKey } from '../organisation/keys/admin-key.ts'
import type { Membership } from '../organisation/list/membership.ts'
import type { Store } from '../storage/store.ts'
import { type Administrators, createAdministrators } from './administrators.ts'
import { type Changes, createChanges } from './changes.ts'
import { createChangesPage } from './changes-page.ts'
import { createNameOf, type NameOf } from './names.ts'
import { createPeople, type People } from './people.ts'
import { createPublishing } from './publishing.ts'
import { createStaged, type Staged } from './staged.ts'

/** The console's side of an open profile. */
export interface Administration {
  readonly staged: Staged
  readonly changes: Changes
  /** See `changes.get`. */
  readonly changesPage: ReturnType<typeof createChangesPage>
  readonly administrators: Administrators
  readonly people: People
  readonly nameOf: NameOf
  /** See `organisation.administration` of the status. */
  counts(): { staged: number; proposals: number; offers: number; revision: number }
  /** The list has changed. */
  onListChanged(): Promise<void>
  /** What the console reads elsewhere is different now: older versions have come, a device was heard of. */
  noteNews(): void
  onChanged(listener: () => void): () => void
  stop(): void
}

export interface AdministrationInit {
  store: Store
  provider: CryptoProvider
  keys: DeviceKeys
  membership: Membership
  adminKey: AdminKey
  notices: NoticeBoard
  proposals: ProposalBoard
  now(): number
  log: Log
}

export const createAdministration = (init: AdministrationInit): Administration => {
  const { store, provider, keys, membership, adminKey, notices, proposals, now, log } = init
  const changed = createEmitter()
  // not from 0: a client that outlives the engine must see that it is another one
  let revision = now()
  const note = () => {
    revision += 1
    changed.emit()
  }

  const staged = createStaged({
    store,
    provider,
    membership,
    keepPhoto(tx, bytes) {
      const hash = toHex(provider.sha256(bytes)) as PhotoHash
      tx.run('INSERT OR IGNORE INTO photos (hash, bytes) VALUES (?, ?)', hash, bytes)
      return hash
    },
    now,
  })
  const publishing = createPublishing({ provider, membership, proposals, settle: staged.settle, now, log })
  const changes = createChanges({
    provider,
    membership,
    adminKey,
    staged,
    proposals,
    publishing,
    write: store.write,
    now,
  })

  const nameOf = createNameOf(membership.trusted, staged)
  const changesPage = createChangesPage({
    trusted: membership.trusted,
    self: membership.self.personId,
    adminKey,
    staged,
    waitingProposals: changes.waitingProposals,
    notices,
    nameOf,
    now,
  })
  const administrators = createAdministrators({
    store,
    provider,
    keys,
    membership,
    adminKey,
    notices,
    proposals,
    changes,
    nameOf,
    now,
  })

  const isWaiting = (id: string) => changes.waitingProposals().some(({ checked }) => checked.id === id)

  const failed = (error: unknown) => log.error({ error }, 'proposals could not be looked through')
  const lookThrough = async () => {
    await publishing.completeReady()
    await staged.reconcile(isWaiting)
    note()
  }
  const stops = [
    staged.onChanged(note),
    notices.onChanged(note),
    administrators.onChanged(note),
    proposals.onChanged(() => void lookThrough().catch(failed)),
  ]

  return {
    staged,
    changes,
    changesPage,
    administrators,
    people: createPeople({ membership, staged }),
    nameOf,
    counts: () => ({
      staged: staged.count(),
      proposals: changes.waitingProposals().length,
      offers: administrators.offerCount(),
      revision,
    }),
    noteNews: note,
    async onListChanged() {
      await administrators.onRootChanged()
      await lookThrough()
    },
    onChanged: changed.on,
    stop() {
      for (const stop of stops) stop()
    },
  }
}
