import { Check, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { calendarDay, dayAndClock } from '../../text/dates.ts'
import { Icon } from '../Icon.tsx'
import styles from './ListStatus.module.css'

/** Milliseconds: from a week before it runs out the list says so. */
const WARNED_BEFORE = 7 * 86_400_000

const Cell = ({
  label,
  value,
  note,
  isWarning,
}: {
  label: string
  value: ReactNode
  note: string
  isWarning?: boolean
}) => (
  <div className={isWarning ? styles.warning : undefined}>
    <dt>{label}</dt>
    <dd className={styles.value}>{value}</dd>
    <dd className={styles.note} title={note}>
      {note}
    </dd>
  </div>
)

const freshnessKey = { fresh: 'admin.fresh', stale: 'admin.stale', expired: 'admin.expired' } as const

/** The state of the signed list in numbers that can be checked. */
export const ListStatus = () => {
  const { list } = useOrganisation()
  const { people } = useDirectory()
  const now = useNow(MINUTE)
  const devices = people.reduce((sum, person) => sum + person.devices, 0)
  const isEnding = list.freshness !== 'fresh' || list.expiresAt - now < WARNED_BEFORE
  const mark = isEnding ? TriangleAlert : Check
  return (
    <dl className={styles.strip} aria-label={t('admin.status')}>
      <Cell
        label={t('admin.signedList')}
        value={
          <>
            {t('admin.version', { version: list.version })}
            <Icon icon={list.forked ? TriangleAlert : ShieldCheck} size={18} />
          </>
        }
        note={t('admin.signedAt', { time: dayAndClock(list.signedAt, now) })}
        isWarning={list.forked}
      />
      <Cell
        label={t('admin.signatures')}
        value={
          <>
            {t('admin.signaturesOf', { count: list.signedBy.length, threshold: list.threshold })}
            <Icon icon={Check} size={18} />
          </>
        }
        note={list.signedBy.join(', ')}
      />
      <Cell
        label={t('admin.validity')}
        value={
          <>
            {calendarDay(list.expiresAt, now)}
            <Icon icon={mark} size={18} />
          </>
        }
        note={t(freshnessKey[list.freshness])}
        isWarning={isEnding}
      />
      <Cell label={t('admin.people')} value={list.people} note={t('admin.devices', { count: devices })} />
    </dl>
  )
}
