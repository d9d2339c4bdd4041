import type { CryptoProvider } from '../../../crypto/index.ts'
import {
  type ApplyResult,
  administratorsOf,
  applyBundle,
  applyDelta,
  type Changes,
  encodeBundle,
  forkOfHistory,
  type TrustedState,
  withEvidence,
  withTree,
} from '../../../org/index.ts'
import type { DeviceId, PersonId } from '../../../shared/ids.ts'
import { createInTurn } from '../../../shared/in-turn.ts'
import { createEmitter } from '../../emitter.ts'
import { readMeta, writeMeta } from '../../storage/documents.ts'
import type { Store, Transaction } from '../../storage/store.ts'
import { createDeltas, type DeltaWanted } from './deltas.ts'
import { createDirectory, type MemoryDirectory } from './directory.ts'
import { createListHistory, type ListHistory } from './list-history.ts'
import { projectList } from './list-projection.ts'
import { readTrusted, writeTrusted } from './trusted-rows.ts'

/** Milliseconds after opening, when whoever opened the profile sees something. */
const TREE_BUILT_AFTER = 500

/** This device's place in its organisation, and all that it trusts of it. */
export interface Membership {
  readonly self: { readonly personId: PersonId; readonly deviceId: DeviceId }
  readonly directory: MemoryDirectory
  readonly history: ListHistory
  trusted(): TrustedState
  /** The same as bytes for another device; made once for each state. */
  bundle(): Uint8Array
  /** What came since the state that another device names; undefined where that one is not known here, or not worth it. */
  deltaSince(base: DeltaWanted): Uint8Array | undefined
  /** False once a newer list does not name this device any more. */
  isMember(): boolean
  /** Verifies and keeps what another device hands over. Resolves once it is durable. */
  apply(bundle: Uint8Array): Promise<ApplyResult>
  /** The same for what came since the own state. */
  applyDelta(delta: Uint8Array): Promise<ApplyResult>
  /**
   * Makes a newer state out of the one in force, one change after the other, and keeps it durably, together with what
   * `also` writes.
   */
  change(next: (trusted: TrustedState) => ApplyResult, also?: (tx: Transaction) => void): Promise<ApplyResult>
  /** After what changed is durable and the directory answers by it. Null: only evidence of a fork was added. */
  onChanged(listener: (changes: Changes | null) => void): () => void
}

export interface MembershipInit {
  store: Store
  provider: CryptoProvider
  device: DeviceId
  now(): number
}

/** The first state of a profile: the organisation that was founded or joined. */
export const beginMembership = (tx: Transaction, trusted: TrustedState, self: PersonId): void => {
  writeTrusted(tx, { leaves: [] }, trusted)
  writeMeta(tx, 'self', self)
  projectList(tx, trusted, {
    people: trusted.people.keys(),
    removedPeople: [],
    groups: trusted.groups.keys(),
    removedGroups: [],
  })
}

/** Undefined in a profile that belongs to no organisation yet. */
export const openMembership = ({ store, provider, device, now }: MembershipInit): Membership | undefined => {
  const kept = readTrusted(store, provider)
  const self = readMeta(store, 'self') as PersonId | undefined
  if (kept === undefined || self === undefined) return undefined

  let trusted = kept
  const directory = createDirectory(() => trusted, { personId: self, deviceId: device })
  const history = createListHistory({
    store,
    provider,
    trusted: () => trusted,
    async onFork(known, found) {
      const evidence = forkOfHistory(known, found, now())
      await change(current => ({
        kind: 'unchanged',
        trusted: { ...current, forks: withEvidence(current.forks, evidence) },
        droppedOrders: [],
      }))
    },
  })
  const deltas = createDeltas({ trusted: () => trusted, history })
  const changed = createEmitter<Changes | null>()
  let bundle: { of: TrustedState; bytes: Uint8Array } | undefined
  const inTurn = createInTurn()
  const buildTree = () =>
    inTurn(async () => {
      trusted = withTree(provider, trusted)
    })
  // the first delta of a day should not wait for the hashes of 10,000 people
  setTimeout(() => void buildTree(), TREE_BUILT_AFTER).unref()

  const keep = async (result: ApplyResult, also?: (tx: Transaction) => void) => {
    const isNew = result.trusted !== trusted
    if (!isNew && also === undefined) return
    const changes = result.kind === 'updated' ? result.changes : null
    await store.write(tx => {
      if (isNew) {
        writeTrusted(tx, trusted, result.trusted)
        history.record(tx, trusted, result.trusted)
      }
      if (changes !== null)
        projectList(tx, result.trusted, {
          // a new root may name other administrators
          people: changes.isRootChanged
            ? new Set([...changes.people, ...administratorsOf(trusted), ...administratorsOf(result.trusted)])
            : changes.people,
          removedPeople: changes.removedPeople,
          groups: changes.groups,
          removedGroups: changes.removedGroups,
        })
      also?.(tx)
    })
    trusted = result.trusted
    if (isNew) changed.emit(changes)
  }

  const change: Membership['change'] = (next, also) =>
    inTurn(async () => {
      const result = next(trusted)
      await keep(result, also)
      return result
    })

  return {
    self: directory.self,
    directory,
    history,
    trusted: () => trusted,
    bundle() {
      if (bundle?.of !== trusted) bundle = { of: trusted, bytes: encodeBundle(trusted) }
      return bundle.bytes
    },
    deltaSince: deltas.since,
    isMember: () => trusted.devices.has(device),
    apply: bundle => change(current => applyBundle(provider, current, bundle, now())),
    applyDelta: delta => change(current => applyDelta(provider, current, delta, now())),
    change,
    onChanged: changed.on,
  }
}
