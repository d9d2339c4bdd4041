import type { CryptoProvider } from '../../crypto/index.ts'
import { prepareList, publishList, signList, type TrustedState } from '../../org/index.ts'
import type { Edit } from '../../shared/contract/administration-entities.ts'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, PersonId, PhotoHash } from '../../shared/ids.ts'
import { MAX_TOLD_CHANGES } from '../../shared/limits.ts'
import { createEmitter } from '../emitter.ts'
import type { AdminKey } from '../organisation/admin-key.ts'
import type { Membership } from '../organisation/membership.ts'
import type { Store, Transaction } from '../storage/store.ts'
import { describeEdit } from './describe-edit.ts'
import { needsRenewal } from './renewal.ts'
import { createStaging } from './stage-edits.ts'
import type { StagedPerson } from './staged-edit.ts'
import { type AddedDevice, fateOf, planOf, type StagedPlan } from './staged-plan.ts'
import { deleteStagedRows, findStagedRow, readStagedRows, type StagedRow, saveStagedEdit } from './staged-rows.ts'

type Told = EngineOutput<'changes.get'>
export type Signed = EngineOutput<'changes.sign'>

/** What an administrator wants changed, from the first edit to the signed list. */
export interface Changes {
  /** See `changes.stage`. */
  stage(edits: readonly Edit[]): Promise<PersonId[]>
  /** Takes back those that wait on this device; null for all of them. */
  discard(ids: readonly number[] | null): Promise<void>
  get(): Told
  /** Throws `not-admin`, `admin-locked`, `nothing-to-sign`, and what the list refuses. */
  sign(): Promise<Signed>
  /**
   * Lets a device in: at once where one signature is enough, otherwise staged with everything else. `check` throws where
   * that does not stand any more when its turn has come; `also` writes in the same transaction. Throws as `sign` does.
   */
  letIn(
    edit: AddedDevice,
    steps: { check: () => void; also: (tx: Transaction, isSigned: boolean) => void },
  ): Promise<void>
  /** Whether a device waits among the changes to be let in. */
  isLetIn(device: DeviceId): boolean
  /** Edits that wait on this device alone. */
  stagedCount(): number
  /** People who are staged for the list and not on it yet. */
  newPeople(): readonly StagedPerson[]
  /** The list has changed: forgets edits that are in it, whoever made them. */
  reconcile(): Promise<void>
  onChanged(listener: () => void): () => void
}

export interface ChangesInit {
  store: Store
  provider: CryptoProvider
  membership: Membership
  adminKey: AdminKey
  keepPhoto(tx: Transaction, bytes: Uint8Array): PhotoHash
  now(): number
}

const nothingToSign = () => new LanyardError('nothing-to-sign', 'Nothing has changed, and the list is good as it is')

export const createChanges = (init: ChangesInit): Changes => {
  const { store, provider, membership, adminKey, keepPhoto, now } = init
  const changed = createEmitter()

  const waiting = () => readStagedRows(store).filter(({ proposal }) => proposal === null)

  const newPeople = () =>
    readStagedRows(store).flatMap(({ edit }) =>
      edit.kind === 'put-person' && edit.isNew && !membership.trusted().people.has(edit.person.personId)
        ? [edit.person]
        : [],
    )

  const nameFinder = (trusted: TrustedState, rows: readonly StagedRow[]) => {
    const staged = new Map(
      rows.flatMap(({ edit }) =>
        edit.kind === 'put-person' ? [[edit.person.personId, edit.person.name] as const] : [],
      ),
    )
    return (id: PersonId) => trusted.people.get(id)?.name ?? staged.get(id) ?? '?'
  }

  const idleOf = (trusted: TrustedState, rows: readonly StagedRow[]) =>
    rows.filter(({ edit }) => fateOf(trusted, edit) === 'idle').map(({ id }) => id)

  const reconcile = async () => {
    const idle = idleOf(membership.trusted(), readStagedRows(store))
    if (idle.length === 0) return
    await store.write(tx => deleteStagedRows(tx, idle))
    changed.emit()
  }

  /** Signs the next list with this device's key and takes it over; edits that are in it are done. */
  const publish = async (
    plan: (trusted: TrustedState) => StagedPlan,
    also: (tx: Transaction) => void,
  ): Promise<TrustedState> => {
    let idle: readonly number[] = []
    const result = await membership.change(
      trusted => {
        const { edits, policy } = plan(trusted)
        const draft = prepareList(provider, trusted, policy === undefined ? { edits } : { edits, policy }, now())
        const published = publishList(
          provider,
          trusted,
          adminKey.use(seed => signList(provider, draft, seed)),
          now(),
        )
        if (published.kind !== 'updated')
          throw new LanyardError(published.kind === 'refused' ? published.code : 'internal', 'The list does not stand')
        idle = idleOf(published.trusted, readStagedRows(store))
        return published
      },
      tx => {
        deleteStagedRows(tx, idle)
        also(tx)
      },
    )
    changed.emit()
    return result.trusted
  }

  return {
    async stage(edits) {
      const staging = createStaging({
        provider,
        trusted: membership.trusted(),
        self: membership.self,
        keepPhoto,
        now: now(),
      })
      const people = await store.write(tx => staging.stage(tx, edits))
      await reconcile()
      changed.emit()
      return people
    },
    async discard(ids) {
      const rows = waiting().filter(({ id }) => ids === null || ids.includes(id))
      await store.write(tx => {
        deleteStagedRows(
          tx,
          rows.map(({ id }) => id),
        )
        for (const { edit } of rows) if (edit.kind === 'add-device') tx.markChanged('joinRequest', edit.deviceId)
      })
      changed.emit()
    },
    get() {
      const trusted = membership.trusted()
      const rows = waiting()
      const nameOf = nameFinder(trusted, rows)
      const { threshold, keys } = trusted.root.roles.contacts
      return {
        nextVersion: trusted.list.header.version + 1,
        threshold,
        signers: keys.length,
        staged: rows.slice(0, MAX_TOLD_CHANGES).map(({ id, stagedAt, edit }) => {
          const fate = fateOf(trusted, edit)
          const problem = fate === 'change' || fate === 'idle' ? null : fate
          return { id, stagedAt, change: describeEdit(trusted, edit, nameOf), problem }
        }),
        stagedCount: rows.length,
        proposals: [],
        needsRenewal: needsRenewal(trusted, now()),
      }
    },
    async sign() {
      const trusted = await publish(
        current => {
          const rows = waiting()
          const plan = planOf(current, rows)
          if (plan.rows.length === 0 && !needsRenewal(current, now())) throw nothingToSign()
          return plan
        },
        () => undefined,
      )
      const { list, root } = trusted
      return {
        outcome: 'in-force',
        version: list.header.version,
        signatures: list.signed.signatures.length,
        threshold: root.roles.contacts.threshold,
      }
    },
    async letIn(edit, { check, also }) {
      if (membership.trusted().root.roles.contacts.threshold === 1) {
        await publish(
          current => {
            check()
            const person = findStagedRow(store, `person ${edit.personId}`)
            const isNew = person?.edit.kind === 'put-person' && person.edit.isNew
            const row = { id: 0, edit, stagedAt: now(), proposal: null }
            return planOf(current, isNew ? [person, row] : [row])
          },
          tx => also(tx, true),
        )
        return
      }
      await store.write(tx => {
        check()
        saveStagedEdit(tx, edit, now())
        also(tx, false)
      })
      changed.emit()
    },
    isLetIn: device => findStagedRow(store, `device ${device}`)?.edit.kind === 'add-device',
    stagedCount: () =>
      store.get<{ count: number }>('SELECT count(*) AS count FROM staged_edits WHERE proposal IS NULL')?.count ?? 0,
    newPeople,
    reconcile,
    onChanged: changed.on,
  }
}
