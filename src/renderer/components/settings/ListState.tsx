import { Check, ShieldCheck, TriangleAlert } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { agoWords } from '../../text/ago.ts'
import { calendarDay, dayAndClock } from '../../text/dates.ts'
import { Icon } from '../Icon.tsx'
import { Stat, StatStrip } from '../StatStrip.tsx'
import styles from './ListState.module.css'

/** Milliseconds: from a week before it runs out the list says so. */
const WARNED_BEFORE = 7 * 86_400_000

/** The signed list as this PC has it: version, signatures, and how sure it is that there is no newer one. */
export const ListState = () => {
  const { list, leaseEndsAt } = useOrganisation()
  const now = useNow(MINUTE)
  const isEnding = list.expiresAt - now < WARNED_BEFORE
  const isStale = list.freshness !== 'fresh'
  return (
    <div className={styles.strip}>
      <StatStrip label={t('org.list')}>
        <Stat
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
        <Stat
          label={t('admin.signatures')}
          value={
            <>
              {t('admin.signaturesOf', { count: list.signedBy.length, threshold: list.threshold })}
              {list.signedBy.length >= list.threshold && <Icon icon={Check} size={18} />}
            </>
          }
          note={list.signedBy.join(', ')}
        />
        <Stat
          label={t('admin.confirmed')}
          value={
            <>
              {agoWords(list.confirmedAt, now)}
              <Icon icon={isStale ? TriangleAlert : Check} size={18} />
            </>
          }
          note={
            isStale && leaseEndsAt !== null
              ? t('org.leaseNote', { day: calendarDay(leaseEndsAt, now) })
              : t('org.freshNote')
          }
          isWarning={isStale}
        />
        <Stat
          label={t('admin.validity')}
          value={calendarDay(list.expiresAt, now)}
          note={t('org.validNote')}
          isWarning={isEnding}
        />
      </StatStrip>
    </div>
  )
}
