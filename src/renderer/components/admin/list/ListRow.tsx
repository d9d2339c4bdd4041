// biome-ignore-all lint/a11y/useSemanticElements: rows outside the view do not exist, which table elements cannot say
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are the table's
import { Clock, Ellipsis, KeyRound, type LucideIcon, PenLine } from 'lucide-react'
import type { Person } from '../../../../shared/contract/entities.ts'
import { t } from '../../../locales/i18n.ts'
import type { ListState } from '../../../text/list-state.ts'
import { Avatar } from '../../Avatar.tsx'
import { MenuButton, type MenuEntry } from '../../MenuButton.tsx'
import { Tag, type TagProps } from '../../Tag.tsx'
import table from '../../table/Table.module.css'
import styles from './ListTable.module.css'

const TAGS: Readonly<Partial<Record<ListState['kind'], readonly [TagProps['kind'], LucideIcon]>>> = {
  removal: ['bad', PenLine],
  change: ['plain', PenLine],
  behind: ['warning', Clock],
  administrator: ['verified', KeyRound],
}

const StateCell = ({ state }: { state: ListState }) => {
  const tag = TAGS[state.kind]
  if (tag === undefined) return <span>{state.words}</span>
  return (
    <Tag kind={tag[0]} icon={tag[1]}>
      {state.words}
    </Tag>
  )
}

export interface ListRowProps {
  person: Person
  /** Among the shown rows, from 0; the header is row 1 of the table. */
  index: number
  state: ListState
  isSelf: boolean
  isTabStop: boolean
  isSelected: boolean
  isMenuOpen: boolean
  entries: readonly MenuEntry[]
  onOpen(row: Element): void
  onMenu(isOpen: boolean): void
}

export const ListRow = (props: ListRowProps) => {
  const { person, index, state, isSelf, isTabStop, isSelected, isMenuOpen, entries, onOpen, onMenu } = props
  const { id, name, title, department, devices, photo } = person
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected || isMenuOpen}
      data-row={index}
      tabIndex={isTabStop ? 0 : -1}
      className={`${table.row} ${styles.row}`}
      onClick={event => onOpen(event.currentTarget)}
      onContextMenu={event => {
        event.preventDefault()
        onMenu(true)
      }}
    >
      <div role="cell" className={table.person} data-anchor>
        <Avatar id={id} name={name} photo={photo} size={32} />
        <div className={table.words}>
          <div className={table.name} title={name}>
            {name}
            {isSelf && <span className={table.own}> {t('people.youAfterName')}</span>}
          </div>
          <div className={`${table.cell} ${styles.title}`} title={title}>
            {title}
            {department !== '' && (
              <span className={styles.place}>
                {title !== '' && ', '}
                {department}
              </span>
            )}
          </div>
        </div>
      </div>
      <span role="cell" className={`${table.cell} ${styles.department}`} title={department}>
        {department}
      </span>
      <span role="cell" className={`${table.number} ${styles.devices}`}>
        {devices}
      </span>
      <span role="cell" className={`${styles.state} ${TAGS[state.kind] === undefined ? styles.plain : ''}`}>
        <StateCell state={state} />
      </span>
      <span role="cell" className={`${table.act} ${styles.act}`} onClick={event => event.stopPropagation()}>
        <MenuButton
          icon={Ellipsis}
          size="small"
          label={t('list.actionsFor', { name })}
          isTabStop={false}
          entries={entries}
          isOpen={isMenuOpen}
          onOpenChange={onMenu}
        />
      </span>
    </div>
  )
}
