import type { CryptoProvider } from '../../crypto/index.ts'
import type { TrustedState } from '../../org/index.ts'
import type { DraftTarget } from '../../shared/contract/administration-entities.ts'
import type { Edit } from '../../shared/contract/edits.ts'
import type { DeviceId, PersonId, PhotoHash, ProposalId } from '../../shared/ids.ts'
import { createEmitter } from '../emitter.ts'
import type { Membership } from '../organisation/list/membership.ts'
import type { Statements } from '../storage/statements.ts'
import type { Store, Transaction } from '../storage/store.ts'
import { createStaging } from './stage-edits.ts'
import { targetOfDraft } from './staged-draft.ts'
import type { StagedEdit, StagedPerson } from './staged-edit.ts'
import { forgetGonePeople, groupsWithoutGone } from './staged-groups.ts'
import { type AddedDevice, fateOf } from './staged-plan.ts'
import {
  deleteStagedRows,
  findStagedRow,
  readGravestRows,
  readStagedRows,
  readWaitingRows,
  type StagedRow,
  saveStagedEdit,
  setProposalOf,
} from './staged-rows.ts'

/** Edits of this device that are in no list yet. */
export interface Staged {
  /** See `changes.stage`. */
  stage(edits: readonly Edit[]): Promise<PersonId[]>
  /** Takes back those that wait on this device alone; null for all of them. */
  discard(ids: readonly number[] | null): Promise<void>
  /** Also those that a proposal carries. */
  all(): StagedRow[]
  /** No more than `limit` of those that nobody has signed, the gravest: a page need not read thousands. */
  gravest(limit: number): StagedRow[]
  /** What is staged of one thing, also what a proposal carries. */
  find(target: DraftTarget): StagedEdit | undefined
  /** Of those that nobody has signed. */
  count(): number
  /** Who is to come on the list. */
  newPeople(): readonly StagedPerson[]
  /** Of a person who is to come on the list. */
  newPerson(id: PersonId): StagedRow | undefined
  /** Whether a device waits to be let in. */
  isLetIn(device: DeviceId): boolean
  letIn(tx: Transaction, edit: AddedDevice): void
  /** Devices that wait here to be let in are not, where `isDeclined` says so. */
  dropLetIn(isDeclined: (device: DeviceId) => boolean): Promise<void>
  /** These travel in a proposal from now on. */
  carry(rows: readonly StagedRow[], proposal: ProposalId): Promise<void>
  /** Forgets what is on a list that comes into force in this transaction, whoever has signed it. */
  settle(tx: Transaction, trusted: TrustedState): void
  /** The list or the proposals have changed: what no proposal carries any more waits here again. */
  reconcile(isWaiting: (proposal: string) => boolean): Promise<void>
  onChanged(listener: () => void): () => void
}

export interface StagedInit {
  store: Store
  provider: CryptoProvider
  membership: Pick<Membership, 'trusted' | 'self'>
  keepPhoto(tx: Transaction, bytes: Uint8Array): PhotoHash
  now(): number
}

const idsOf = (rows: readonly StagedRow[]) => rows.map(({ id }) => id)

/** Requests to join show whether they have been approved. */
const markRequests = (tx: Transaction, rows: readonly StagedRow[]) => {
  for (const { edit } of rows) if (edit.kind === 'add-device') tx.markChanged('joinRequest', edit.deviceId)
}

const remove = (tx: Transaction, rows: readonly StagedRow[]) => {
  deleteStagedRows(tx, idsOf(rows))
  markRequests(tx, rows)
}

export const createStaged = ({ store, provider, membership, keepPhoto, now }: StagedInit): Staged => {
  const changed = createEmitter()

  const waiting = () => readWaitingRows(store)

  const idle = (reader: Pick<Statements, 'get' | 'all'>, trusted: TrustedState) =>
    readStagedRows(reader).filter(({ edit }) => fateOf(trusted, edit) === 'idle')

  const newPerson = (id: PersonId) => {
    const row = findStagedRow(store, `person ${id}`)
    const isNew = row?.edit.kind === 'put-person' && row.edit.isNew && !membership.trusted().people.has(id)
    return isNew ? row : undefined
  }

  const takeBack = async (rows: readonly StagedRow[]) => {
    await store.write(tx => {
      remove(tx, rows)
      forgetGonePeople(tx, membership.trusted())
    })
    changed.emit()
  }

  return {
    async stage(edits) {
      const trusted = membership.trusted()
      const staging = createStaging({ provider, trusted, self: membership.self, keepPhoto, now: now() })
      const people = await store.write(tx => staging.stage(tx, edits))
      changed.emit()
      return people
    },
    async discard(ids) {
      const rows = waiting().filter(({ id }) => ids === null || ids.includes(id))
      await takeBack(rows)
    },
    all: () => readStagedRows(store),
    gravest: limit => readGravestRows(store, limit),
    find: target => findStagedRow(store, targetOfDraft(target))?.edit,
    count: () =>
      store.get<{ count: number }>('SELECT count(*) AS count FROM staged_edits WHERE proposal IS NULL')?.count ?? 0,
    newPeople: () =>
      readStagedRows(store).flatMap(({ edit }) =>
        edit.kind === 'put-person' && edit.isNew && !membership.trusted().people.has(edit.person.personId)
          ? [edit.person]
          : [],
      ),
    newPerson,
    isLetIn: device => findStagedRow(store, `device ${device}`)?.edit.kind === 'add-device',
    letIn(tx, edit) {
      saveStagedEdit(tx, edit, now())
      tx.markChanged('joinRequest', edit.deviceId)
    },
    async dropLetIn(isDeclined) {
      const rows = waiting().filter(({ edit }) => edit.kind === 'add-device' && isDeclined(edit.deviceId))
      if (rows.length > 0) await takeBack(rows)
    },
    async carry(rows, proposal) {
      await store.write(tx => setProposalOf(tx, idsOf(rows), proposal))
      changed.emit()
    },
    settle(tx, trusted) {
      remove(tx, idle(tx, trusted))
      forgetGonePeople(tx, trusted)
    },
    async reconcile(isWaiting) {
      const rows = readStagedRows(store)
      const trusted = membership.trusted()
      const done = rows.filter(({ edit }) => fateOf(trusted, edit) === 'idle')
      const back = rows.filter(({ proposal }) => proposal !== null && !isWaiting(proposal))
      if (done.length === 0 && back.length === 0 && groupsWithoutGone(store, trusted).length === 0) return
      await store.write(tx => {
        setProposalOf(tx, idsOf(back), null)
        remove(tx, done)
        forgetGonePeople(tx, trusted)
      })
      changed.emit()
    },
    onChanged: changed.on,
  }
}
