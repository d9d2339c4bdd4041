import { useMemo } from 'react'
import type { DeviceState } from '../../shared/contract/administration-entities.ts'
import type { Person } from '../../shared/contract/entities.ts'
import type { PersonId } from '../../shared/ids.ts'
import { MAX_DEVICE_PAGE } from '../../shared/limits.ts'
import { newPeople } from '../text/staged.ts'
import { useConsole } from './useConsole.ts'

/** What is known of a person's devices and of changes to them that nobody has signed. */
export interface ListStates {
  readonly behind: ReadonlyMap<PersonId, readonly DeviceState[]>
  readonly unseen: ReadonlyMap<PersonId, readonly DeviceState[]>
  /** Nothing can be said of people who are in neither: there are more devices than were read, or none were read yet. */
  readonly isWhole: boolean
  /** Who is to come, as far as they are told one by one; by id. */
  readonly added: ReadonlyMap<PersonId, Person>
  readonly changed: ReadonlySet<PersonId>
  readonly removed: ReadonlySet<PersonId>
}

const byPerson = (devices: readonly DeviceState[] = []): ReadonlyMap<PersonId, readonly DeviceState[]> =>
  Map.groupBy(devices, ({ personId }) => personId)

const BEHIND = { show: 'behind', after: null, limit: MAX_DEVICE_PAGE } as const
const UNSEEN = { show: 'unseen', after: null, limit: MAX_DEVICE_PAGE } as const

/** For the column of the console's table: who is behind, not seen, or waits for a signature. */
export const useListStates = (): ListStates => {
  const { data: behind } = useConsole('devices.page', BEHIND)
  const { data: unseen } = useConsole('devices.page', UNSEEN)
  const { data: changes } = useConsole('changes.get', {})
  return useMemo(() => {
    const staged = changes?.staged ?? []
    const people = staged.flatMap(({ change }) =>
      'personId' in change && change.personId !== null ? [[change.personId, change.kind] as const] : [],
    )
    return {
      behind: byPerson(behind?.devices),
      unseen: byPerson(unseen?.devices),
      isWhole: behind?.next === null && unseen?.next === null,
      added: new Map(newPeople(staged).map(person => [person.id, person])),
      changed: new Set(people.map(([id]) => id)),
      removed: new Set(people.filter(([, kind]) => kind === 'person-removed').map(([id]) => id)),
    }
  }, [behind, unseen, changes])
}
