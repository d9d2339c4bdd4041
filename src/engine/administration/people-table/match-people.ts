import type { Person } from '../../../org/index.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { problemWith, type RowFields, type RowProblem } from './fields-of-line.ts'

export type ListedPerson = Pick<Person, 'personId' | 'name' | 'title' | 'department' | 'email' | 'phone' | 'roles'>

export type Match = { readonly person: ListedPerson | null } | { readonly problem: RowProblem }

const emailKey = (email: string) => email.toLowerCase()
const placeKey = (name: string, department: string) => JSON.stringify([name, department])

const groupBy = (people: Iterable<ListedPerson>, key: (person: ListedPerson) => string) => {
  const groups = new Map<string, ListedPerson[]>()
  for (const person of people) {
    const name = key(person)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [person])
    else group.push(person)
  }
  return groups
}

/**
 * Whom on the list each row is about: by Lanyard id, else by e-mail, else by exact name and department (name alone
 * where the table has no departments). Surer matches are made first, whatever their order in the table, so that a
 * namesake of somebody whose own row names their e-mail counts as a new person. Doubt is a problem, never a guess.
 */
export const matchPeople = (rows: readonly RowFields[], people: Iterable<ListedPerson>): Match[] => {
  const listed = [...people]
  const byId = new Map<string, ListedPerson>(listed.map(person => [person.personId, person]))
  const byEmail = groupBy(listed, ({ email }) => emailKey(email))
  const byPlace = groupBy(listed, ({ name, department }) => placeKey(name, department))
  const byName = groupBy(listed, ({ name }) => name)

  const matches = new Array<Match | undefined>(rows.length)
  const taken = new Set<PersonId>()
  /** New people so far, so that a row that stands twice adds nobody twice. */
  const newEmails = new Set<string>()
  const newPlaces = new Set<string>()

  const take = (at: number, person: ListedPerson, problem: RowProblem) => {
    matches[at] = taken.has(person.personId) ? { problem } : { person }
    taken.add(person.personId)
  }
  const severalMatch = (value: string): Match => ({ problem: problemWith(null, 'several-people-match', value) })

  const steps: readonly ((row: RowFields, at: number) => void)[] = [
    ({ id, name }, at) => {
      if (id === '') return
      const person = byId.get(id)
      if (person === undefined) matches[at] = { problem: problemWith('id', 'unknown-id', id) }
      else take(at, person, problemWith('id', 'same-person-twice', name))
    },
    ({ email = '', name }, at) => {
      const candidates = email === '' ? [] : (byEmail.get(emailKey(email)) ?? [])
      const named = candidates.length > 1 ? candidates.filter(person => person.name === name) : candidates
      const [person, ...others] = named
      if (candidates.length === 0) return
      if (person === undefined || others.length > 0) matches[at] = severalMatch(email)
      else take(at, person, problemWith('email', 'same-person-twice', email))
    },
    ({ name, department, email = '' }, at) => {
      const all = (department === undefined ? byName.get(name) : byPlace.get(placeKey(name, department))) ?? []
      // with an e-mail of their own they are somebody else than whoever was found by theirs
      const candidates = email === '' ? all : all.filter(({ personId }) => !surelyTaken.has(personId))
      const [person, ...others] = candidates
      if (person === undefined) return
      if (others.length > 0) matches[at] = severalMatch(name)
      else take(at, person, problemWith('name', 'same-person-twice', name))
    },
    ({ name, department = '', email = '' }, at) => {
      const [seen, key] = email === '' ? [newPlaces, placeKey(name, department)] : [newEmails, emailKey(email)]
      const field = email === '' ? 'name' : 'email'
      matches[at] = seen.has(key)
        ? { problem: problemWith(field, 'same-person-twice', email === '' ? name : email) }
        : { person: null }
      seen.add(key)
    },
  ]
  let surelyTaken: ReadonlySet<PersonId> = new Set()
  for (const step of steps) {
    surelyTaken = new Set(taken)
    for (const [at, row] of rows.entries()) if (matches[at] === undefined) step(row, at)
  }
  return matches.map(match => match ?? { person: null })
}
