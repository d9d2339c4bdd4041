import type { GroupId } from '../../../shared/ids.ts'

export type PeopleFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'online' }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'group'; readonly id: GroupId }

const keyOf = (filter: PeopleFilter): string => {
  if (filter.kind === 'department') return filter.name
  return filter.kind === 'group' ? filter.id : ''
}

export const isSameFilter = (a: PeopleFilter, b: PeopleFilter): boolean => a.kind === b.kind && keyOf(a) === keyOf(b)
