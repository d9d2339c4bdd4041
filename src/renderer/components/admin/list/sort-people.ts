import type { Person } from '../../../../shared/contract/entities.ts'
import type { ListStates } from '../../../queries/useListStates.ts'
import { listStateOf, urgencyOf } from '../../../text/list-state.ts'
import { byName } from '../../../text/people.ts'
import type { Sorting } from '../../table/SortHeader.tsx'

export type PeopleColumn = 'name' | 'department' | 'devices' | 'state'

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** People without a department come last in either order. */
const byDepartment = (a: Person, b: Person, isDescending: boolean): number => {
  if (a.department === '' || b.department === '') return Number(a.department === '') - Number(b.department === '')
  return collator.compare(a.department, b.department) * (isDescending ? -1 : 1)
}

/** A new array; where the column says the same, by name. */
export const sortPeople = (
  people: readonly Person[],
  { column, isDescending }: Sorting<PeopleColumn>,
  states: ListStates,
): readonly Person[] => {
  const sign = isDescending ? -1 : 1
  switch (column) {
    case 'name':
      return people.toSorted((a, b) => byName(a, b) * sign)
    case 'department':
      return people.toSorted((a, b) => byDepartment(a, b, isDescending) || byName(a, b))
    case 'devices':
      return people.toSorted((a, b) => (a.devices - b.devices) * sign || byName(a, b))
    case 'state': {
      const urgency = new Map(people.map(person => [person.id, urgencyOf(listStateOf(person, states))]))
      return people.toSorted((a, b) => ((urgency.get(a.id) ?? 0) - (urgency.get(b.id) ?? 0)) * sign || byName(a, b))
    }
  }
}
