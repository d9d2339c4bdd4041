import type { Group, Person } from '../../shared/contract/entities.ts'

/** Everybody in a group: those named by hand and everybody of its departments, in the order of `people`. */
export const membersOf = (
  { members, departments }: Pick<Group, 'members' | 'departments'>,
  people: readonly Person[],
): readonly Person[] => {
  const named = new Set<string>(members)
  const whole = new Set(departments)
  return people.filter(({ id, department }) => named.has(id) || (department !== '' && whole.has(department)))
}
