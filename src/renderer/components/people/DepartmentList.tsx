import { useMemo } from 'react'
import type { Person } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { departmentsOf } from '../../text/people.ts'
import nav from '../PaneNav.module.css'
import styles from './DepartmentList.module.css'
import type { PeopleFilter } from './people-filter.ts'

export interface DepartmentListProps {
  people: readonly Person[]
  online: ReadonlySet<string>
  filter: PeopleFilter
  onFilter(filter: PeopleFilter): void
}

export const DepartmentList = ({ people, online, filter, onFilter }: DepartmentListProps) => {
  const item = (value: PeopleFilter, label: string, count: number) => {
    const isCurrent =
      value.kind === filter.kind &&
      (value.kind !== 'department' || (filter.kind === 'department' && filter.name === value.name))
    return (
      <li key={label}>
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
    </nav>
  )
}
