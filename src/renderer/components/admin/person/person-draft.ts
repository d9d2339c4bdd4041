import type { StagedChange } from '../../../../shared/contract/administration-entities.ts'
import type { Person } from '../../../../shared/contract/entities.ts'
import type { PersonId, PhotoHash } from '../../../../shared/ids.ts'

/** What the form holds. */
export interface PersonDraft {
  readonly name: string
  readonly title: string
  readonly department: string
  readonly email: string
  readonly phone: string
  readonly roles: readonly string[]
  readonly photo: PhotoHash | null
}

export const NOBODY: PersonDraft = { name: '', title: '', department: '', email: '', phone: '', roles: [], photo: null }

/** The person as they stand on the list and after what is staged: the form goes on where the last one ended. */
export const draftOf = (person: Person, staged: readonly StagedChange[]): PersonDraft => {
  const own = staged.flatMap(({ draft }) => (draft?.kind === 'person' && draft.personId === person.id ? [draft] : []))
  const { name, title, department, email, phone, roles, photo } = own[0] ?? person
  return { name, title, department, email, phone, roles, photo }
}

/** The tint of somebody who has no id yet. */
export const NEW_ID = '00' as PersonId
