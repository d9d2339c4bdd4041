// biome-ignore-all lint/a11y/useSemanticElements: rows outside the view do not exist, which table elements cannot say
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the keys are the table's
import { MessageCircle } from 'lucide-react'
import type { Person } from '../../../shared/contract/entities.ts'
import { useOpenConversation } from '../../actions/useOpenConversation.ts'
import { t } from '../../locales/i18n.ts'
import { useStatus } from '../../queries/useOrganisation.ts'
import { presenceOf, presenceWords } from '../../text/people.ts'
import { Avatar } from '../Avatar.tsx'
import { Button } from '../Button.tsx'
import table from '../table/Table.module.css'
import styles from './PeopleTable.module.css'

export interface PersonRowProps {
  person: Person
  /** Among the shown rows, from 0; the header is row 1 of the table. */
  index: number
  isSelf: boolean
  isTabStop: boolean
  /** Whether its profile is open. */
  isOpen: boolean
  now: number
  onOpen(row: Element): void
}

export const PersonRow = ({ person, index, isSelf, isTabStop, isOpen, now, onOpen }: PersonRowProps) => {
  const { online, network } = useStatus()
  const openConversation = useOpenConversation()
  const presence = presenceOf(person.id, online, network)
  const { id, name, title, department, phone, photo, lastSeenAt } = person
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      data-row={index}
      tabIndex={isTabStop ? 0 : -1}
      className={`${table.row} ${styles.row}`}
      onClick={event => onOpen(event.currentTarget)}
    >
      <div role="cell" className={table.person} data-anchor>
        <Avatar id={id} name={name} photo={photo} {...(isSelf ? {} : { presence })} />
        <div className={table.words}>
          <div className={table.name} title={name}>
            {name}
            {isSelf && <span className={table.own}> {t('people.youAfterName')}</span>}
          </div>
          <div className={table.cell}>{title}</div>
        </div>
      </div>
      <span role="cell" className={`${table.cell} ${styles.department}`} title={department}>
        {department}
      </span>
      <span role="cell" className={`${table.cell} ${table.number} ${styles.phone}`}>
        {phone}
      </span>
      <span role="cell" className={`${table.cell} ${styles.status}`}>
        {isSelf ? '' : presenceWords(presence, lastSeenAt, now)}
      </span>
      <span role="cell" className={table.act}>
        {!isSelf && (
          <Button
            kind="quiet"
            size="small"
            icon={MessageCircle}
            aria-label={t('people.messagePerson', { name })}
            onClick={event => {
              event.stopPropagation()
              void openConversation(id)
            }}
          >
            {t('people.message')}
          </Button>
        )}
      </span>
    </div>
  )
}
