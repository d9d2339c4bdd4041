// biome-ignore-all lint/a11y/useSemanticElements: rows outside the view do not exist, which table elements cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: cells and headers are not interactive, the row has the focus
import { type RefObject, useRef, useState } from 'react'
import { Virtualizer } from 'virtua'
import type { Person } from '../../../../shared/contract/entities.ts'
import type { PersonId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import type { ListStates } from '../../../queries/useListStates.ts'
import text from '../../../styles/text.module.css'
import { listStateOf } from '../../../text/list-state.ts'
import type { MenuEntry } from '../../MenuButton.tsx'
import { ProfilePopover } from '../../people/ProfilePopover.tsx'
import { SortHeader, type Sorting } from '../../table/SortHeader.tsx'
import table from '../../table/Table.module.css'
import { useRowKeys } from '../../table/useRowKeys.ts'
import { ListRow } from './ListRow.tsx'
import styles from './ListTable.module.css'
import type { PeopleColumn } from './sort-people.ts'
import { useStartMargin } from './useStartMargin.ts'

export interface ListTableProps {
  people: readonly Person[]
  self: PersonId
  states: ListStates
  sorting: Sorting<PeopleColumn>
  /** What scrolls: the whole page does, this table is the end of it. */
  scroller: RefObject<HTMLDivElement | null>
  entriesOf(person: Person): readonly MenuEntry[]
  /** Somebody who is only staged has no profile yet: their form opens instead. */
  onEdit(person: Person): void
  onSort(sorting: Sorting<PeopleColumn>): void
}

/** Enter opens the profile, Shift+F10 the menu of acts. Only rows in view exist. */
export const ListTable = ({ people, self, states, sorting, scroller, entriesOf, onEdit, onSort }: ListTableProps) => {
  const [profileOf, setProfileOf] = useState<PersonId | null>(null)
  const [menuOf, setMenuOf] = useState<PersonId | null>(null)
  const anchor = useRef<Element>(null)
  const opened = people.find(({ id }) => id === profileOf)
  const openProfile = (person: Person | undefined, row: Element) => {
    if (person !== undefined && states.added.has(person.id)) return onEdit(person)
    anchor.current = row.querySelector('[data-anchor]')
    setProfileOf(person?.id ?? null)
  }
  const { body, tabStop, setActive, onKeyDown } = useRowKeys({
    count: people.length,
    onOpen: (index, row) => openProfile(people[index], row),
    onMenu: index => setMenuOf(people[index]?.id ?? null),
  })
  const startMargin = useStartMargin(scroller, body)
  const header = (column: PeopleColumn, label: string, className?: string) => (
    <SortHeader
      column={column}
      label={label}
      sorting={sorting}
      onSort={onSort}
      {...(className === undefined ? {} : { className })}
    />
  )
  return (
    <div className={styles.table} role="table" aria-label={t('list.table')} aria-rowcount={people.length + 1}>
      <div role="rowgroup" className={styles.head}>
        <div className={table.head} role="row" aria-rowindex={1}>
          {header('name', t('people.name'))}
          {header('department', t('people.department'), styles.department)}
          {header('devices', t('people.devicesLabel'), styles.devices)}
          {header('state', t('list.state'), styles.state)}
          <span role="columnheader">
            <span className={text.hidden}>{t('people.actions')}</span>
          </span>
        </div>
      </div>
      <div ref={body} role="rowgroup" onKeyDown={onKeyDown}>
        <Virtualizer scrollRef={scroller} startMargin={startMargin} data={people} itemSize={48} keepMounted={[tabStop]}>
          {(person, index) => (
            <ListRow
              key={person.id}
              person={person}
              index={index}
              state={listStateOf(person, states)}
              isSelf={person.id === self}
              isTabStop={index === tabStop}
              isSelected={person.id === profileOf}
              isMenuOpen={person.id === menuOf}
              entries={person.id === menuOf ? entriesOf(person) : []}
              onOpen={row => {
                setActive(index)
                openProfile(person, row)
              }}
              onMenu={isOpen => {
                setActive(index)
                setMenuOf(isOpen ? person.id : null)
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
          placement="bottom start"
          onClose={() => setProfileOf(null)}
        />
      )}
    </div>
  )
}
