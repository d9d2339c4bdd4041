import type { PersonId } from '../../shared/ids.ts'
import { type RoleName, type Root, roleNames, rolesOf } from '../documents/root.ts'
import type { KeyId } from '../documents/signed.ts'

/** One thing that is different from one root to another. */
export type DescribedRootChange =
  | {
      readonly kind: 'key-added' | 'key-removed'
      readonly keyId: KeyId
      /** Whose it is; null for one that belongs to nobody in particular. */
      readonly holder: PersonId | null
      readonly label: string
      /** In which it may sign from now on, or may not any more. */
      readonly roles: readonly RoleName[]
    }
  | {
      readonly kind: 'threshold-changed'
      readonly role: RoleName
      readonly before: number
      readonly after: number
      /** Keys that the role has afterwards. */
      readonly of: number
    }
  | { readonly kind: 'organisation-renamed'; readonly before: string; readonly after: string }

/**
 * Everything that differs: keys that come, keys that go, thresholds, the name; empty for a root that only lives longer. A
 * key that changes holder or label is told as one that goes and one that comes, one that changes roles by those roles.
 */
export const describeRootChange = (before: Root, after: Root): readonly DescribedRootChange[] => [
  ...keysOnlyIn(after, before).map(key => ({ kind: 'key-added' as const, ...key })),
  ...keysOnlyIn(before, after).map(key => ({ kind: 'key-removed' as const, ...key })),
  ...roleNames
    .filter(role => before.roles[role].threshold !== after.roles[role].threshold)
    .map(role => ({
      kind: 'threshold-changed' as const,
      role,
      before: before.roles[role].threshold,
      after: after.roles[role].threshold,
      of: after.roles[role].keys.length,
    })),
  ...(before.name === after.name
    ? []
    : [{ kind: 'organisation-renamed' as const, before: before.name, after: after.name }]),
]

const keysOnlyIn = (root: Root, other: Root) =>
  root.keys.flatMap(({ id, holder, label }) => {
    const known = other.keys.find(key => key.id === id)
    const isSame = known !== undefined && known.holder === holder && known.label === label
    const lost = isSame ? rolesOf(other, id) : []
    const roles = rolesOf(root, id).filter(name => !lost.includes(name))
    return isSame && roles.length === 0 ? [] : [{ keyId: id, holder, label, roles }]
  })
