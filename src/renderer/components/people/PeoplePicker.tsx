import { type ReactNode, useMemo, useState } from 'react'
import type { Person } from '../../../shared/contract/entities.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { matchesPerson } from '../../text/people.ts'
import { Checkbox } from '../Checkbox.tsx'
import { SearchField } from '../SearchField.tsx'
import styles from './PeoplePicker.module.css'

/** Rows at once; a search finds the others. */
const MAX_ROWS = 200

export interface PeoplePickerProps {
  label: string
  hint?: string
  chosen: ReadonlySet<PersonId>
  /** Who stands first, by name within each; it must not change while somebody ticks. */
  isFirst(person: Person): boolean
  /** Beside the search. */
  tools?: ReactNode
  /** At the end of a row. */
  mark?(person: Person): ReactNode
  onChosen(chosen: ReadonlySet<PersonId>): void
}

/** People of the list to tick, found by a search. */
export const PeoplePicker = ({ label, hint, chosen, isFirst, tools, mark, onChosen }: PeoplePickerProps) => {
  const { people } = useDirectory()
  const [query, setQuery] = useState('')
  const shown = useMemo(
    () =>
      people
        .filter(person => query === '' || matchesPerson(person, query))
        .toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
        .slice(0, MAX_ROWS),
    [people, query, isFirst],
  )
  const toggle = (id: PersonId, isOn: boolean) =>
    onChosen(isOn ? new Set([...chosen, id]) : new Set([...chosen].filter(other => other !== id)))
  return (
    <div className={styles.whole}>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      <div className={styles.tools}>
        <SearchField
          label={t('people.searchLabel')}
          placeholder={t('people.searchLabel')}
          value={query}
          onValue={setQuery}
        />
        {tools}
      </div>
      <ul className={styles.rows} aria-label={label}>
        {shown.map(person => (
          <li key={person.id}>
            <Checkbox label={person.name} isOn={chosen.has(person.id)} onChange={isOn => toggle(person.id, isOn)} />
            <span className={styles.detail}>{[person.title, person.department].filter(Boolean).join(', ')}</span>
            {mark?.(person)}
          </li>
        ))}
      </ul>
      <p className={styles.hint} role="status">
        {t('people.chosen', { count: chosen.size })}
      </p>
    </div>
  )
}
