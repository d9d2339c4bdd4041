import { administratorsOf, type Person, type TrustedState } from '../../org/index.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Transaction } from '../storage/store.ts'

const savePerson = (tx: Transaction, person: Person, isAdmin: boolean) => {
  tx.run(
    `INSERT INTO people (id, name, title, department, email, phone, devices, is_admin, listed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, title = excluded.title, department = excluded.department,
       email = excluded.email, phone = excluded.phone, devices = excluded.devices, is_admin = excluded.is_admin, listed = 1`,
    person.personId,
    person.name,
    person.title,
    person.department,
    person.email,
    person.phone,
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

export interface ProjectionChange {
  /** Added or changed. */
  people: Iterable<PersonId>
  removedPeople: Iterable<PersonId>
}

/**
 * Writes the part of the list that changed into the tables that people are read from. Those who have left stay, marked:
 * their messages still need a name.
 */
export const projectPeople = (tx: Transaction, trusted: TrustedState, change: ProjectionChange): void => {
  const administrators = new Set(administratorsOf(trusted))
  for (const id of change.removedPeople) unlistPerson(tx, id)
  for (const id of change.people) {
    const person = trusted.people.get(id)
    if (person !== undefined) savePerson(tx, person, administrators.has(id))
  }
}
