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

/** What the form holds of somebody, from the list or from what is staged. */
export const draftOf = ({ name, title, department, email, phone, roles, photo }: PersonDraft): PersonDraft => ({
  name,
  title,
  department,
  email,
  phone,
  roles,
  photo,
})

/** The tint of somebody who has no id yet. */
export const NEW_ID = '00' as PersonId
