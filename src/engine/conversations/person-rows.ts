import type { Person } from '../../shared/contract/entities.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'

interface PersonRow {
  id: PersonId
  name: string
  title: string
  department: string
  email: string
  phone: string
  devices: number
  is_admin: number
  listed: number
  last_seen_at: number | null
}

const COLUMNS = 'id, name, title, department, email, phone, devices, is_admin, listed, last_seen_at'

const toPerson = ({ is_admin, listed, last_seen_at, ...row }: PersonRow): Person => ({
  ...row,
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
