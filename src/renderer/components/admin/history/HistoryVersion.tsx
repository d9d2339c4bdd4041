import { IdCard, KeyRound, TriangleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import type { Fork, HistoryEntry } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { dayAndClock, exactTime } from '../../../text/dates.ts'
import { signerNames } from '../../../text/people.ts'
import { Button } from '../../Button.tsx'
import { forkSigners } from '../../ForkFacts.tsx'
import { Icon } from '../../Icon.tsx'
import { ChangeLines } from '../changes/ChangeLines.tsx'
import styles from './HistoryList.module.css'

/** Changes that are told before somebody asks for all of them. */
const SHOWN = 3

const signersOf = ({ signedBy }: HistoryEntry): string =>
  signedBy.length === 0 ? t('history.nobody') : signerNames(signedBy)

export interface HistoryVersionProps {
  entry: HistoryEntry
  now: number
  /** The version before it is not here, so that nobody can say what it changed. */
  isUnknown: boolean
  /** Evidence that another document carries this number. */
  forks: readonly Fork[]
}

/** One version: its number, when, by whom, and what it changed. */
export const HistoryVersion = ({ entry, now, isUnknown, forks }: HistoryVersionProps) => {
  const { kind, version, at, signedBy, threshold, changes, changeCount } = entry
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const title = t(kind === 'list' ? 'history.list' : 'history.root', { version })
  const isLong = changeCount > SHOWN
  const shown = isLong && !isOpen ? changes.slice(0, SHOWN) : changes
  return (
    <li className={styles.version} aria-labelledby={id}>
      <span className={`${styles.mark} ${kind === 'root' ? styles.rootMark : ''}`}>
        <Icon icon={kind === 'list' ? IdCard : KeyRound} size={14} />
      </span>
      <div className={styles.head}>
        <h3 id={id}>{title}</h3>
        <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
          {dayAndClock(at, now)}
        </time>
      </div>
      <p className={styles.signed}>
        {t('history.signed', { names: signersOf(entry) })}
        <span className={styles.count}>{t('history.of', { count: signedBy.length, threshold })}</span>
      </p>
      {forks.map(fork => (
        <p key={fork.noticedAt} className={styles.contradicted}>
          <Icon icon={TriangleAlert} size={14} />
          {t('history.contradicted', { version, names: forkSigners(fork.contradictedBy) })}
        </p>
      ))}
      <div className={styles.changes} id={`${id}-changes`}>
        {isUnknown ? (
          <p className={styles.signed}>{t('history.unknown')}</p>
        ) : (
          <ChangeLines
            label={t('history.changes', { count: changeCount })}
            changes={shown}
            count={isLong && !isOpen ? shown.length : changeCount}
          />
        )}
      </div>
      {isLong && (
        <Button
          kind="quiet"
          size="small"
          aria-expanded={isOpen}
          aria-controls={`${id}-changes`}
          aria-label={isOpen ? undefined : t('history.showAllOf', { count: changeCount, version: title })}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? t('history.showLess') : t('history.showAll', { count: changeCount })}
        </Button>
      )}
    </li>
  )
}
