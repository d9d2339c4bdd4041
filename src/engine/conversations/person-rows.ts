import * as z from 'zod/mini'
import type { Person } from '../../shared/contract/entities.ts'
import type { PersonId, PhotoHash } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'

interface PersonRow {
  id: PersonId
  name: string
  title: string
  department: string
  email: string
  phone: string
  roles: string
  photo: PhotoHash | null
  devices: number
  is_admin: number
  listed: number
  last_seen_at: number | null
}

const COLUMNS = 'id, name, title, department, email, phone, roles, photo, devices, is_admin, listed, last_seen_at'

const roleList = z.array(z.string())

const toPerson = ({ is_admin, listed, last_seen_at, ...row }: PersonRow): Person => ({
  ...row,
  roles: z.parse(roleList, JSON.parse(row.roles)),
  isAdmin: is_admin === 1,
  listed: listed === 1,
  lastSeenAt: last_seen_at,
})

export const readPerson = (reader: Reader, id: string): Person | null => {
  const row = reader.get<PersonRow>(`SELECT ${COLUMNS} FROM people WHERE id = ?`, id)
  return row === undefined ? null : toPerson(row)
}

export const readPeople = (reader: Reader): Person[] =>
  reader.all<PersonRow>(`SELECT ${COLUMNS} FROM people`).map(toPerson)
