import { useMemo, useState } from 'react'
import type { Group } from '../../shared/contract/entities.ts'
import { Banners } from '../components/frame/Banners.tsx'
import { DepartmentList } from '../components/people/DepartmentList.tsx'
import { PeopleTable } from '../components/people/PeopleTable.tsx'
import type { PeopleFilter } from '../components/people/people-filter.ts'
import { SearchField } from '../components/SearchField.tsx'
import { t } from '../locales/i18n.ts'
import { useDirectory } from '../queries/directory.tsx'
import { useGroups } from '../queries/useGroups.ts'
import { useOrganisation, useStatus } from '../queries/useOrganisation.ts'
import { membersOf } from '../text/groups.ts'
import { matchesPerson } from '../text/people.ts'
import styles from './PeopleScreen.module.css'
import panes from './panes.module.css'

const NO_GROUPS: readonly Group[] = []

export const PeopleScreen = () => {
  const { people, isRead } = useDirectory()
  const { self, list } = useOrganisation()
  const { online: onlineNow } = useStatus()
  const groups = useGroups() ?? NO_GROUPS
  const online = useMemo(() => new Set(onlineNow), [onlineNow])
  const [filter, setFilter] = useState<PeopleFilter>({ kind: 'all' })
  const [query, setQuery] = useState('')

  const group = filter.kind === 'group' ? groups.find(({ id }) => id === filter.id) : undefined
  // A group that is gone leaves nobody to show; the list of places says so by what is not in it.
  const all = useMemo(() => {
    if (filter.kind !== 'group') return people
    return group === undefined ? [] : membersOf(group, people)
  }, [people, filter, group])
  const shown = useMemo(
    () =>
      all.filter(person => {
        if (filter.kind === 'online' && !online.has(person.id)) return false
        if (filter.kind === 'department' && person.department !== filter.name) return false
        return query === '' || matchesPerson(person, query)
      }),
    [all, online, filter, query],
  )
  const empty = () => {
    if (query !== '') return t('people.noneText', { query })
    if (filter.kind === 'group') return t('people.noneInGroup')
    return t(filter.kind === 'online' ? 'people.noneOnline' : 'people.none')
  }

  return (
    <div className={panes.panes}>
      <DepartmentList people={people} groups={groups} online={online} filter={filter} onFilter={setFilter} />
      <main className={panes.main} aria-label={t('people.title')} data-pane tabIndex={-1}>
        <div className={styles.tools}>
          <SearchField
            label={t('people.searchLabel')}
            placeholder={t('people.search')}
            value={query}
            onValue={setQuery}
          />
          <span className={styles.summary}>{t('people.summary', { count: people.length, version: list.version })}</span>
        </div>
        <Banners />
        {isRead && shown.length > 0 && <PeopleTable people={shown} self={self} />}
        {isRead && shown.length === 0 && (
          <p className={styles.none} role="status">
            {empty()}
          </p>
        )}
      </main>
    </div>
  )
}
