import { useMemo } from 'react'
import type { Group, Person } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { membersOf } from '../../text/groups.ts'
import { departmentsOf } from '../../text/people.ts'
import nav from '../PaneNav.module.css'
import styles from './DepartmentList.module.css'
import { isSameFilter, type PeopleFilter } from './people-filter.ts'

export interface DepartmentListProps {
  people: readonly Person[]
  groups: readonly Group[]
  online: ReadonlySet<string>
  filter: PeopleFilter
  onFilter(filter: PeopleFilter): void
}

export const DepartmentList = ({ people, groups, online, filter, onFilter }: DepartmentListProps) => {
  const item = (value: PeopleFilter, label: string, count: number) => {
    const isCurrent = isSameFilter(value, filter)
    return (
      <li key={`${value.kind} ${label}`}>
        <button
          type="button"
          className={nav.item}
          aria-current={isCurrent ? 'page' : undefined}
          onClick={() => onFilter(value)}
        >
          <span className={nav.label} title={label}>
            {label}
          </span>
          <span className={nav.count}>{count}</span>
        </button>
      </li>
    )
  }
  const sizes = useMemo(
    () => new Map(groups.map(group => [group.id, membersOf(group, people).length])),
    [groups, people],
  )
  const departments = useMemo(() => departmentsOf(people), [people])
  return (
    <nav className={`${nav.column} ${styles.column}`} aria-label={t('people.departments')} data-pane tabIndex={-1}>
      <h1>{t('people.title')}</h1>
      <ul>
        {item({ kind: 'all' }, t('people.all'), people.length)}
        {item({ kind: 'online' }, t('people.online'), people.filter(({ id }) => online.has(id)).length)}
      </ul>
      {departments.length > 0 && <h2>{t('people.departments')}</h2>}
      <ul>{departments.map(([name, size]) => item({ kind: 'department', name }, name, size))}</ul>
      {groups.length > 0 && <h2>{t('people.groups')}</h2>}
      <ul>{groups.map(group => item({ kind: 'group', id: group.id }, group.name, sizes.get(group.id) ?? 0))}</ul>
    </nav>
  )
}
