import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { KeyId } from '../documents/signed.ts'
import { administratorsOf } from '../trust/list-status.ts'
import type { TrustedState } from '../trust/trusted.ts'
import type { ListDraft } from './list-draft.ts'

/**
 * Whether a device belongs to somebody who holds a key of the contacts role. It speaks for the administration in small
 * things (whom to invite, whom not to wait for); what stands on the list takes the key itself.
 */
export const isAdministratorsDevice = (trusted: TrustedState, device: DeviceId): boolean => {
  const owner = trusted.devices.get(device)?.person.personId
  return owner !== undefined && administratorsOf(trusted).includes(owner)
}

/** A key of the root in the hands of somebody who is not on the contact list. */
export interface KeyWithoutPlace {
  readonly keyId: KeyId
  readonly personId: PersonId
  readonly label: string
}

/**
 * Keys that still sign for people who have left the list: a root change must take them away. Keys that belong to nobody
 * in particular are no matter of the list.
 */
export const administratorsWithoutPlace = ({
  root,
  people,
}: Pick<TrustedState, 'root' | 'people'>): readonly KeyWithoutPlace[] =>
  root.keys.flatMap(({ id, holder, label }) =>
    holder === null || people.has(holder) ? [] : [{ keyId: id, personId: holder, label }],
  )

/** What an administrator is to be told before they sign: all of it is allowed. */
export interface Consequences {
  /** People who had a device and are left with none: they can read and write nothing. */
  readonly withoutDevice: readonly PersonId[]
  /** Keys that somebody who goes now still holds. */
  readonly keysToRemove: readonly KeyWithoutPlace[]
}

export const consequencesOf = (
  trusted: TrustedState,
  { directory: { people } }: Pick<ListDraft, 'directory'>,
): Consequences => {
  const before = new Set(administratorsWithoutPlace(trusted).map(({ keyId }) => keyId))
  return {
    withoutDevice: [...people.values()]
      .filter(
        ({ personId, devices }) => devices.length === 0 && (trusted.people.get(personId)?.devices.length ?? 0) > 0,
      )
      .map(({ personId }) => personId),
    keysToRemove: administratorsWithoutPlace({ root: trusted.root, people }).filter(({ keyId }) => !before.has(keyId)),
  }
}
