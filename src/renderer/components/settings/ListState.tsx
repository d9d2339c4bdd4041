import { Check, TriangleAlert } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { agoWords } from '../../text/ago.ts'
import { calendarDay } from '../../text/dates.ts'
import { Icon } from '../Icon.tsx'
import { isEndingSoon, SignaturesStat, VersionStat } from '../ListStats.tsx'
import { Stat, StatStrip } from '../StatStrip.tsx'
import styles from './ListState.module.css'

/** The signed list as this PC has it: version, signatures, and how sure it is that there is no newer one. */
export const ListState = () => {
  const { list, leaseEndsAt } = useOrganisation()
  const now = useNow(MINUTE)
  const isEnding = isEndingSoon(list, now)
  const isStale = list.freshness !== 'fresh'
  return (
    <div className={styles.strip}>
      <StatStrip label={t('org.list')}>
        <VersionStat list={list} now={now} />
        <SignaturesStat list={list} />
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
