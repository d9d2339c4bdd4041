import { useMemo, useState } from 'react'
import type { PersonId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import { useDirectory } from '../../../queries/directory.tsx'
import { matchesPerson } from '../../../text/people.ts'
import { Button } from '../../Button.tsx'
import { Checkbox } from '../../Checkbox.tsx'
import { SearchField } from '../../SearchField.tsx'
import { Tag } from '../../Tag.tsx'
import styles from './InviteeRows.module.css'

/** Rows at once; a search finds the others. */
const MAX_ROWS = 200

export interface InviteeRowsProps {
  chosen: ReadonlySet<PersonId>
  onChosen(chosen: ReadonlySet<PersonId>): void
}

/** People of the list to choose from, those without a PC first. */
export const InviteeRows = ({ chosen, onChosen }: InviteeRowsProps) => {
  const { people } = useDirectory()
  const [query, setQuery] = useState('')
  const shown = useMemo(
    () =>
      people
        .filter(person => query === '' || matchesPerson(person, query))
        .toSorted((a, b) => Number(a.devices > 0) - Number(b.devices > 0))
        .slice(0, MAX_ROWS),
    [people, query],
  )
  const without = useMemo(() => people.filter(({ devices }) => devices === 0).map(({ id }) => id), [people])
  const toggle = (id: PersonId, isOn: boolean) =>
    onChosen(isOn ? new Set([...chosen, id]) : new Set([...chosen].filter(other => other !== id)))
  return (
    <div className={styles.whole}>
      <p className={styles.hint}>{t('invite.chooseHint')}</p>
      <div className={styles.tools}>
        <SearchField
          label={t('people.searchLabel')}
          placeholder={t('people.searchLabel')}
          value={query}
          onValue={setQuery}
        />
        {without.length > 0 && (
          <Button size="small" kind="quiet" onClick={() => onChosen(new Set([...chosen, ...without]))}>
            {t('invite.withoutDevice', { count: without.length })}
          </Button>
        )}
      </div>
      <ul className={styles.rows} aria-label={t('invite.choose')}>
        {shown.map(({ id, name, title, department, devices }) => (
          <li key={id}>
            <Checkbox label={name} isOn={chosen.has(id)} onChange={isOn => toggle(id, isOn)} />
            <span className={styles.detail}>{[title, department].filter(Boolean).join(', ')}</span>
            {devices === 0 && <Tag kind="plain">{t('invite.noPc')}</Tag>}
          </li>
        ))}
      </ul>
      <p className={styles.hint} role="status">
        {t('invite.chosen', { count: chosen.size })}
      </p>
    </div>
  )
}
