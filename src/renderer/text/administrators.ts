import type {
  AdministratorKey,
  Administrators,
  KeyOffer,
  RoleName,
} from '../../shared/contract/administration-entities.ts'
import { byName, sortedNames } from './people.ts'

/** An administrator with all keys that are theirs. */
export interface KeyHolder {
  /** Of the person, or of the key where it is nobody's in particular. */
  readonly id: string
  readonly name: string
  readonly keys: readonly AdministratorKey[]
}

export const keyHolders = (keys: readonly AdministratorKey[]): readonly KeyHolder[] => {
  const holders = new Map<string, AdministratorKey[]>()
  for (const key of keys) {
    const id = key.personId ?? key.id
    holders.set(id, [...(holders.get(id) ?? []), key])
  }
  return [...holders].map(([id, own]) => ({ id, name: own[0]?.name ?? '', keys: own })).sort(byName)
}

/** Roles whose threshold is chosen; freshness is one signature always. */
export const CHOSEN_ROLES = ['contacts', 'orders', 'root'] as const satisfies readonly RoleName[]
export type ChosenRole = (typeof CHOSEN_ROLES)[number]

export interface RootChange {
  /** Offers to take up. */
  readonly add: ReadonlySet<string>
  /** Keys to take away. */
  readonly remove: ReadonlySet<string>
  /** As chosen; a number above the keys that are left counts as all of them. */
  readonly thresholds: Readonly<Record<ChosenRole, number>>
}

const rolesOf = (offer: KeyOffer): readonly RoleName[] =>
  offer.hasRootKey ? ['contacts', 'orders', 'freshness', 'root'] : ['contacts', 'orders', 'freshness']

/** The names of those who could sign for a role after a change. */
export const namesAfter = (
  { keys, offers }: Pick<Administrators, 'keys' | 'offers'>,
  { add, remove }: RootChange,
  role: RoleName,
): readonly string[] =>
  sortedNames([
    ...keys.filter(({ id, roles }) => !remove.has(id) && roles.includes(role)).map(({ name }) => name),
    ...offers.filter(offer => add.has(offer.id) && rolesOf(offer).includes(role)).map(({ name }) => name),
  ])

/** Roles that nobody could sign for any more. */
export const emptyRoles = (now: Pick<Administrators, 'keys' | 'offers'>, change: RootChange): readonly RoleName[] =>
  (['contacts', 'orders', 'root', 'freshness'] as const).filter(role => namesAfter(now, change, role).length === 0)
