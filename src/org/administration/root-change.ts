import { LanyardError } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { RoleName, Root } from '../documents/root.ts'
import type { KeyId } from '../documents/signed.ts'
import { MAX_ROLE_KEYS, MAX_ROOT_KEYS } from '../limits.ts'
import type { KeyOffer } from './key-offer.ts'

/** What is to be different in the next root. */
export interface RootChange {
  /** Offers that were verified: each key has signed for itself. */
  readonly add?: readonly KeyOffer[]
  readonly remove?: readonly KeyId[]
  /** Signatures that each role is to ask for; as they are where nothing is said. */
  readonly thresholds?: Partial<Readonly<Record<RoleName, number>>>
  /** Of the organisation. */
  readonly name?: string
}

/** What keys are called in the root where nobody gave them a name. */
export const keyLabels = { root: 'Recovery sheet', contacts: 'Administrator', freshness: 'Freshness' } as const

const impossible = (message: string) => new LanyardError('change-impossible', message)

/** The root after the change. Throws `change-impossible` by name: above all where a role could never be filled again. */
export const changeRoot = (root: Root, change: RootChange): Pick<Root, 'name' | 'keys' | 'roles'> => {
  const removed = new Set(change.remove ?? [])
  for (const key of removed)
    if (!root.keys.some(({ id }) => id === key)) throw impossible('A key that is to go is not there')
  const added = (change.add ?? []).flatMap(addedKeys)
  const keys = [...root.keys.filter(({ id }) => !removed.has(id)), ...added.map(({ key }) => key)]
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw impossible('A key that is to come is there already')
  if (keys.length > MAX_ROOT_KEYS) throw impossible(`An organisation has at most ${MAX_ROOT_KEYS} keys`)
  const roleAfter = (name: RoleName): Root['roles'][RoleName] => {
    const kept = root.roles[name].keys.filter(key => !removed.has(key))
    const ids = [...kept, ...added.filter(({ roles }) => roles.includes(name)).map(({ key }) => key.id)]
    const threshold = change.thresholds?.[name] ?? root.roles[name].threshold
    if (!Number.isSafeInteger(threshold) || threshold < 1)
      throw impossible(`Role '${name}' asks for at least 1 signature`)
    if (ids.length > MAX_ROLE_KEYS) throw impossible(`Role '${name}' has at most ${MAX_ROLE_KEYS} keys`)
    if (threshold > ids.length)
      throw impossible(`Role '${name}' would ask for ${threshold} signatures of ${ids.length} keys: nobody could sign`)
    return { threshold, keys: ids }
  }
  return {
    name: change.name ?? root.name,
    keys,
    roles: {
      root: roleAfter('root'),
      contacts: roleAfter('contacts'),
      orders: roleAfter('orders'),
      freshness: roleAfter('freshness'),
    },
  }
}

interface AddedKey {
  readonly key: Root['keys'][number]
  readonly roles: readonly RoleName[]
}

const addedKeys = ({ personId: holder, contacts, freshness, root }: KeyOffer): readonly AddedKey[] => [
  { key: { id: contacts, holder, label: keyLabels.contacts }, roles: ['contacts', 'orders'] },
  { key: { id: freshness, holder, label: keyLabels.freshness }, roles: ['freshness'] },
  ...(root === null ? [] : [{ key: { id: root, holder, label: keyLabels.root }, roles: ['root' as const] }]),
]

/** Every key that the root names as this person's: what goes when an administrator goes. */
export const keysHeldBy = ({ keys }: Root, personId: PersonId): readonly KeyId[] =>
  keys.filter(({ holder }) => holder === personId).map(({ id }) => id)

/**
 * Signatures to ask for among so many administrators: so that one of them may be away or lose a key, and one stolen key
 * is not enough as soon as there are three. With two, asking for both would stop the work when one is ill.
 */
export const suggestThreshold = (administrators: number): number =>
  administrators <= 2 ? 1 : administrators <= 4 ? 2 : 3
