// biome-ignore-all lint/a11y/useSemanticElements: rows outside the view do not exist, which table elements cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: cells and headers are not interactive, the row has the focus
import { useRef, useState } from 'react'
import { Virtualizer } from 'virtua'
import type { Person } from '../../../shared/contract/entities.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import text from '../../styles/text.module.css'
import table from '../table/Table.module.css'
import { useRowKeys } from '../table/useRowKeys.ts'
import styles from './PeopleTable.module.css'
import { PersonRow } from './PersonRow.tsx'
import { ProfilePopover } from './ProfilePopover.tsx'

/** Where the profile, 330 wide, opens below the name instead of beside it. */
const NO_ROOM_BESIDE = '(max-width: 639px)'

/** One Tab stop with the arrow keys inside; Enter on a row opens the profile. Only rows in view exist. */
export const PeopleTable = ({ people, self }: { people: readonly Person[]; self: PersonId }) => {
  const [profileOf, setProfileOf] = useState<PersonId | null>(null)
  const now = useNow(MINUTE)
  const anchor = useRef<Element>(null)
  const opened = people.find(({ id }) => id === profileOf)

  const openProfile = (person: Person, row: Element) => {
    anchor.current = row.querySelector('[data-anchor]')
    setProfileOf(person.id)
  }
  const { body, tabStop, setActive, onKeyDown } = useRowKeys({
    count: people.length,
    onOpen: (index, row) => {
      const person = people[index]
      if (person !== undefined) openProfile(person, row)
    },
  })

  return (
    <div className={styles.table} role="table" aria-label={t('people.table')} aria-rowcount={people.length + 1}>
      <div role="rowgroup">
        <div className={`${table.head} ${styles.head}`} role="row" aria-rowindex={1}>
          <span role="columnheader" aria-sort="ascending">
            {t('people.name')}
          </span>
          <span role="columnheader" className={styles.department}>
            {t('people.department')}
          </span>
          <span role="columnheader" className={styles.phone}>
            {t('people.phone')}
          </span>
          <span role="columnheader" className={styles.status}>
            {t('people.status')}
          </span>
          <span role="columnheader">
            <span className={text.hidden}>{t('people.actions')}</span>
          </span>
        </div>
      </div>
      <div ref={body} className={styles.rows} role="rowgroup" onKeyDown={onKeyDown}>
        <Virtualizer scrollRef={body} data={people} itemSize={56} keepMounted={[tabStop]}>
          {(person, index) => (
            <PersonRow
              key={person.id}
              person={person}
              index={index}
              isSelf={person.id === self}
              isTabStop={index === tabStop}
              isOpen={person.id === profileOf}
              now={now}
              onOpen={row => {
                setActive(index)
                openProfile(person, row)
              }}
            />
          )}
        </Virtualizer>
      </div>
      {opened !== undefined && (
        <ProfilePopover
          person={opened}
          anchor={anchor}
          isOpen
          canMessage
          placement={matchMedia(NO_ROOM_BESIDE).matches ? 'bottom start' : 'right top'}
          onClose={() => setProfileOf(null)}
        />
      )}
    </div>
  )
}
