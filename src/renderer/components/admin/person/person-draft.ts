import type { RecordedChange } from '../../../../shared/contract/administration-entities.ts'
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

const isText = (field: string): field is 'name' | 'title' | 'department' | 'email' | 'phone' =>
  ['name', 'title', 'department', 'email', 'phone'].includes(field)

/** The person as they stand on the list and after what is staged: the form goes on where the last one ended. */
export const draftOf = (person: Person, staged: readonly RecordedChange[]): PersonDraft => {
  const { name, title, department, email, phone, roles, photo } = person
  let draft: PersonDraft = { name, title, department, email, phone, roles, photo }
  for (const change of staged) {
    if (change.kind !== 'person-changed' || change.personId !== person.id) continue
    for (const { field, after } of change.fields) {
      if (isText(field)) draft = { ...draft, [field]: after }
      else if (field === 'roles') draft = { ...draft, roles: after === '' ? [] : after.split(', ') }
      else if (field === 'photo') draft = { ...draft, photo: after === '' ? null : (after as PhotoHash) }
    }
  }
  return draft
}

/** The tint of somebody who has no id yet. */
export const NEW_ID = '00' as PersonId
