import * as z from 'zod/mini'
import type { Group } from '../../shared/contract/entities.ts'
import { type GroupId, personId } from '../../shared/ids.ts'
import type { Reader } from '../storage/statements.ts'

interface GroupRow {
  id: GroupId
  name: string
  members: string
  departments: string
}

const members = z.array(personId)
const departments = z.array(z.string())

const toGroup = (row: GroupRow): Group => ({
  id: row.id,
  name: row.name,
  members: z.parse(members, JSON.parse(row.members)),
  departments: z.parse(departments, JSON.parse(row.departments)),
})

const COLUMNS = 'id, name, members, departments'

export const readGroup = (reader: Reader, id: string): Group | null => {
  const row = reader.get<GroupRow>(`SELECT ${COLUMNS} FROM organisation_groups WHERE id = ?`, id)
  return row === undefined ? null : toGroup(row)
}

export const readGroups = (reader: Reader): Group[] =>
  reader.all<GroupRow>(`SELECT ${COLUMNS} FROM organisation_groups`).map(toGroup)
