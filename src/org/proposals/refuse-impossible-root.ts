import { keyLabels } from '../administration/root-change.ts'
import { RefusedDocument } from '../documents/refusal.ts'
import { type RoleName, type Root, rolesOf } from '../documents/root.ts'
import type { TrustedState } from '../trust/trusted.ts'

type RootKey = Root['keys'][number]

/** What a key that comes may sign, and how it is called: as in an offer. */
const offered: Readonly<Record<string, readonly RoleName[]>> = {
  [keyLabels.root]: ['root'],
  [keyLabels.contacts]: ['contacts', 'orders'],
  [keyLabels.freshness]: ['freshness'],
}

/** To be compared. */
const signs = (root: Root, { id }: RootKey): string => rolesOf(root, id).join()

const refuse = (what: string) => new RefusedDocument('list-inconsistent', `proposal: ${what}, which no change does`)

/**
 * Keys come by people's offers and go; none changes its holder, its name or what it signs. A key of nobody that is called
 * like a colleague, or a freshness key, which lies unlocked on a device, that signs lists from now on, would pass for less
 * than it is. The holder need not be on the list in force: it may be a thief's, who has taken them off it. Throws
 * RefusedDocument `list-inconsistent`.
 */
export const refuseImpossibleRoot = ({ root }: Pick<TrustedState, 'root'>, next: Root): void => {
  for (const key of next.keys) {
    const known = root.keys.find(({ id }) => id === key.id)
    if (known === undefined) refuseStrange(next, key)
    else if (known.holder !== key.holder || known.label !== key.label || signs(root, known) !== signs(next, key))
      throw refuse('a key that becomes another one')
  }
}

const refuseStrange = (next: Root, key: RootKey): void => {
  if (key.holder === null) throw refuse('a key that comes from nobody')
  if (offered[key.label]?.join() !== signs(next, key)) throw refuse('a key that signs what its name does not say')
}
