import {
  describeChanges,
  describeRootChange,
  type ListVersion,
  type Root,
  rootDocument,
  signersOfList,
  type TrustedState,
} from '../../org/index.ts'
import type { HistoryEntry, RecordedChange } from '../../shared/contract/administration-entities.ts'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import { MAX_TOLD_CHANGES } from '../../shared/limits.ts'
import type { PlacedList } from '../organisation/list/history-rows.ts'
import type { ListHistory } from '../organisation/list/list-history.ts'
import type { NameOf } from './names.ts'
import { toldChanges, toldRootChange } from './recorded-changes.ts'
import { signerOf } from './told-proposal.ts'

/** Ends of pages whose list is kept, so that the next page need not begin at the list in force. */
const KEPT = 4

/** Versions told without a pause: undoing one takes some milliseconds with 10,000 people. */
const TOLD_AT_ONCE = 8

/** How far it was told already: the lowest place in the list's history, which versions do not give, and version of the root. */
interface Place {
  readonly list: number
  readonly root: number
}

export type HistoryPage = EngineOutput<'history.page'>

export interface HistoryPagesInit {
  trusted(): TrustedState
  history: ListHistory
  nameOf: NameOf
}

const told = (changes: readonly RecordedChange[]) => ({
  changes: changes.slice(0, MAX_TOLD_CHANGES),
  changeCount: changes.length,
})

/** Who changed what and when, list and root together, newest first; all of it computed from signed documents. */
export const createHistoryPages = ({ trusted, history, nameOf }: HistoryPagesInit) => {
  const ends = new Map<number, PlacedList>()

  const rememberEnd = (end: PlacedList) => {
    ends.set(end.place, end)
    const [oldest] = ends.keys()
    if (ends.size > KEPT && oldest !== undefined) ends.delete(oldest)
  }

  const listEntry = (newer: ListVersion, older: ListVersion | null): HistoryEntry => {
    const { roots } = trusted()
    const { threshold, keys } = signersOfList(trusted(), newer.list)
    const toSigner = signerOf([{ ...rootAt(roots, newer.list.header.rootVersion), keys }], nameOf)
    const { version, issued } = newer.list.header
    // the first version adds everybody; of one whose forerunner is not here nobody can say
    const before = older ?? (version === 1 ? { leaves: [], policy: newer.policy } : newer)
    return {
      kind: 'list',
      version,
      at: issued,
      signedBy: keys.map(({ id }) => toSigner(id)),
      threshold,
      ...told(describeChanges(before, newer).flatMap(change => toldChanges(change, nameOf))),
    }
  }

  const rootEntry = (version: number): HistoryEntry => {
    const { roots } = trusted()
    const root = rootAt(roots, version)
    const before = version === 1 ? nobody(root) : rootAt(roots, version - 1)
    const toSigner = signerOf([before, root], nameOf)
    return {
      kind: 'root',
      version,
      at: root.issued,
      signedBy: (roots[version - 1]?.signatures ?? []).map(({ key }) => toSigner(key)),
      threshold: before.roles.root.threshold,
      ...told(describeRootChange(before, root).map(change => toldRootChange(change, nameOf))),
    }
  }

  /** Lists below a place, each with the one before it. */
  function* lists(below: number): Generator<{ newer: PlacedList; older: ListVersion | null }> {
    let newer: PlacedList | undefined
    for (const placed of history.walk(ends.get(below))) {
      if (newer !== undefined && newer.place < below) yield { newer, older: placed.version }
      newer = placed
    }
    if (newer !== undefined && newer.place < below) yield { newer, older: null }
  }

  return {
    /** Changes of a list whose forerunner never came here are told against the newest older one that did. */
    async page({ before, limit }: { before: Place | null; limit: number }): Promise<HistoryPage> {
      const { roots } = trusted()
      const entries: HistoryEntry[] = []
      let place: Place = before ?? { list: Number.MAX_SAFE_INTEGER, root: roots.length + 1 }
      const walk = lists(place.list)
      let list = walk.next()
      while (entries.length < limit) {
        if (entries.length % TOLD_AT_ONCE === TOLD_AT_ONCE - 1) await new Promise(resolve => setImmediate(resolve))
        const root = place.root > 1 ? rootEntry(place.root - 1) : undefined
        const newer = list.done === true ? undefined : list.value.newer
        if (newer === undefined && root === undefined) break
        if (newer !== undefined && (root === undefined || newer.version.list.header.issued >= root.at)) {
          entries.push(listEntry(newer.version, list.value?.older ?? null))
          place = { ...place, list: newer.place }
          rememberEnd(newer)
          list = walk.next()
        } else if (root !== undefined) {
          entries.push(root)
          place = { ...place, root: root.version }
        }
      }
      const isEnd = list.done === true && place.root <= 1
      return { entries, next: isEnd ? null : place, isComplete: history.isComplete() }
    },
  }
}

export type HistoryPages = ReturnType<typeof createHistoryPages>

const rootAt = (roots: TrustedState['roots'], version: number): Root => {
  const signed = roots[Math.min(Math.max(version, 1), roots.length) - 1]
  if (signed === undefined) throw new Error('An organisation without a root')
  return rootDocument.decode(signed.document)
}

/** What the first root is compared with: the same organisation before anybody could sign for it. */
const nobody = (root: Root): Root => {
  const { root: own, contacts, orders, freshness } = root.roles
  const without = <R extends { keys: unknown }>(role: R) => ({ ...role, keys: [] })
  return {
    ...root,
    keys: [],
    roles: { root: without(own), contacts: without(contacts), orders: without(orders), freshness: without(freshness) },
  }
}
