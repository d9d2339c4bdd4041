import { useMemo, useState } from 'react'
import { Banners } from '../components/frame/Banners.tsx'
import { DepartmentList } from '../components/people/DepartmentList.tsx'
import { PeopleTable } from '../components/people/PeopleTable.tsx'
import type { PeopleFilter } from '../components/people/people-filter.ts'
import { SearchField } from '../components/SearchField.tsx'
import { t } from '../locales/i18n.ts'
import { useDirectory } from '../queries/directory.tsx'
import { useOrganisation, useStatus } from '../queries/useOrganisation.ts'
import { matchesPerson } from '../text/people.ts'
import styles from './PeopleScreen.module.css'
import panes from './panes.module.css'

export const PeopleScreen = () => {
  const { people, isRead } = useDirectory()
  const { self, list } = useOrganisation()
  const { online: onlineNow } = useStatus()
  const online = useMemo(() => new Set(onlineNow), [onlineNow])
  const [filter, setFilter] = useState<PeopleFilter>({ kind: 'all' })
  const [query, setQuery] = useState('')

  const shown = useMemo(
    () =>
      people.filter(person => {
        if (filter.kind === 'online' && !online.has(person.id)) return false
        if (filter.kind === 'department' && person.department !== filter.name) return false
        return query === '' || matchesPerson(person, query)
      }),
    [people, online, filter, query],
  )
  const empty = () => {
    if (query !== '') return t('people.noneText', { query })
    return t(filter.kind === 'online' ? 'people.noneOnline' : 'people.none')
  }

  return (
    <div className={panes.panes}>
      <DepartmentList people={people} online={online} filter={filter} onFilter={setFilter} />
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
