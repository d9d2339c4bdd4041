import { toHex } from '../../../crypto/index.ts'
import { administratorsOf, type Group, type GroupId, type Person, type TrustedState } from '../../../org/index.ts'
import type { PersonId } from '../../../shared/ids.ts'
import type { Transaction } from '../../storage/store.ts'

const savePerson = (tx: Transaction, person: Person, isAdmin: boolean) => {
  tx.run(
    `INSERT INTO people (id, name, title, department, email, phone, roles, photo, devices, is_admin, listed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, title = excluded.title, department = excluded.department,
       email = excluded.email, phone = excluded.phone, roles = excluded.roles, photo = excluded.photo, devices = excluded.devices, is_admin = excluded.is_admin, listed = 1`,
    person.personId,
    person.name,
    person.title,
    person.department,
    person.email,
    person.phone,
    JSON.stringify(person.roles),
    person.photoHash === null ? null : toHex(person.photoHash),
    person.devices.length,
    isAdmin ? 1 : 0,
  )
  tx.run('UPDATE devices SET listed = 0 WHERE person_id = ?', person.personId)
  for (const device of person.devices)
    tx.run(
      `INSERT INTO devices (id, person_id, dh, name, added_at, listed) VALUES (?, ?, ?, ?, ?, 1)
       ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, dh = excluded.dh, name = excluded.name,
         added_at = excluded.added_at, listed = 1`,
      device.id,
      person.personId,
      device.dh,
      device.name,
      device.addedAt,
    )
  tx.markChanged('person', person.personId)
}

const unlistPerson = (tx: Transaction, id: PersonId) => {
  tx.run('UPDATE people SET listed = 0, devices = 0, is_admin = 0 WHERE id = ?', id)
  tx.run('UPDATE devices SET listed = 0 WHERE person_id = ?', id)
  tx.markChanged('person', id)
}

const saveGroup = (tx: Transaction, { groupId, name, members, departments }: Group) => {
  tx.run(
    'INSERT OR REPLACE INTO organisation_groups (id, name, members, departments) VALUES (?, ?, ?, ?)',
    groupId,
    name,
    JSON.stringify(members),
    JSON.stringify(departments),
  )
  tx.markChanged('group', groupId)
}

const removeGroup = (tx: Transaction, id: GroupId) => {
  tx.run('DELETE FROM organisation_groups WHERE id = ?', id)
  tx.markChanged('group', id)
}

export interface ProjectionChange {
  /** Added or changed. */
  people: Iterable<PersonId>
  removedPeople: Iterable<PersonId>
  /** Added or changed. */
  groups: Iterable<GroupId>
  removedGroups: Iterable<GroupId>
}

/**
 * Writes the part of the list that changed into the tables that people are read from. Those who have left stay, marked:
 * their messages still need a name.
 */
export const projectList = (tx: Transaction, trusted: TrustedState, change: ProjectionChange): void => {
  const administrators = new Set(administratorsOf(trusted))
  for (const id of change.removedPeople) unlistPerson(tx, id)
  for (const id of change.people) {
    const person = trusted.people.get(id)
    if (person !== undefined) savePerson(tx, person, administrators.has(id))
  }
  for (const id of change.removedGroups) removeGroup(tx, id)
  for (const id of change.groups) {
    const group = trusted.groups.get(id)
    if (group !== undefined) saveGroup(tx, group)
  }
}
