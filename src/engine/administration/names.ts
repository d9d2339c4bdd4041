import type { TrustedState } from '../../org/index.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Staged } from './staged.ts'

/** How a person is called; `?` for somebody of whom nothing is known. */
export type NameOf = (person: PersonId) => string

/** By the list in force, or by the edit that is to put them on it. */
export const createNameOf =
  (trusted: () => TrustedState, staged: Pick<Staged, 'newPerson'>): NameOf =>
  id => {
    const listed = trusted().people.get(id)?.name
    if (listed !== undefined) return listed
    const edit = staged.newPerson(id)?.edit
    return edit?.kind === 'put-person' ? edit.person.name : '?'
  }
