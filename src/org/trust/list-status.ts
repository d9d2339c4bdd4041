import type { PersonId } from '../../shared/ids.ts'
import { MAX_FRESHNESS_LIFETIME } from '../../shared/limits.ts'
import type { Root } from '../documents/root.ts'
import type { KeyId } from '../documents/signed.ts'
import type { TrustedState } from './trusted.ts'

/** What a person wants to know of the list in force. */
export interface ListStatus {
  readonly version: number
  readonly people: number
  readonly signedAt: number
  /** Holders of the keys that signed, as far as the root names them. */
  readonly signedBy: readonly PersonId[]
  readonly threshold: number
  readonly expiresAt: number
  /**
   * `expired`: the list or the root has run out. `stale`: nobody has vouched lately that this list is the newest, or
   * somebody says that there is a newer one. Nothing is refused for it; the person is told.
   */
  readonly freshness: 'fresh' | 'stale' | 'expired'
  /** When somebody last vouched that this list is the newest: by signing it, or by a later statement. */
  readonly confirmedAt: number
  /** Until when the list counts as fresh, milliseconds since 1970. */
  readonly freshUntil: number
  /** A validly signed list contradicts this one, or the one that it is built on; one more signed since settles it. */
  readonly isForked: boolean
}

export const listStatus = (trusted: TrustedState, now: number): ListStatus => {
  const { root, list, people, forks } = trusted
  const { version, issued, expires } = list.header
  const until = freshUntil(trusted)
  const expiresAt = Math.min(expires, root.expires)
  return {
    version,
    people: people.size,
    signedAt: issued,
    signedBy: signersOf(trusted),
    threshold: root.roles.contacts.threshold,
    expiresAt,
    freshness: now >= expiresAt ? 'expired' : now < until ? 'fresh' : 'stale',
    confirmedAt: confirmedAt(trusted),
    freshUntil: until,
    isForked: forks.some(fork => fork.document === 'root' || fork.version >= version - 1),
  }
}

/** A list is itself a statement that it is the newest at the time it is issued; later statements prolong that. */
const freshUntil = ({ list, freshness }: TrustedState): number => {
  const { version, issued } = list.header
  const own = issued + MAX_FRESHNESS_LIFETIME
  if (freshness === null) return own
  const { listVersion, expires } = freshness.value
  if (listVersion > version) return 0
  return listVersion === version ? Math.max(own, expires) : own
}

/** A statement about another version vouches for nothing that is here. */
const confirmedAt = ({ list, freshness }: TrustedState): number => {
  const { version, issued } = list.header
  return freshness?.value.listVersion === version ? Math.max(issued, freshness.value.issued) : issued
}

const signersOf = ({ root, list }: TrustedState): readonly PersonId[] =>
  holdersOf(
    root,
    list.signed.signatures.map(({ key }) => key),
  )

/** Who may sign the contact list, as the root in force says. */
export const administratorsOf = ({ root }: TrustedState): readonly PersonId[] =>
  holdersOf(root, root.roles.contacts.keys)

/** Whose these keys are, each person once; keys that belong to nobody in particular are left out. */
const holdersOf = ({ keys }: Root, ids: readonly KeyId[]): readonly PersonId[] => {
  const asked = new Set(ids)
  const holders = keys.filter(({ id }) => asked.has(id)).map(({ holder }) => holder)
  return [...new Set(holders.filter(holder => holder !== null))]
}
