import { Check, ShieldCheck, TriangleAlert } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { COUNTS_ONLY } from '../../queries/useAdminCounts.ts'
import { useConsole } from '../../queries/useConsole.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { agoWords } from '../../text/ago.ts'
import { calendarDay, dayAndClock } from '../../text/dates.ts'
import { Icon } from '../Icon.tsx'
import { Stat, StatStrip } from '../StatStrip.tsx'

/** Milliseconds: from a week before it runs out the list says so. */
const WARNED_BEFORE = 7 * 86_400_000

/** The state of the signed list in numbers that can be checked. */
export const ListStatus = () => {
  const { list } = useOrganisation()
  const now = useNow(MINUTE)
  const counts = useConsole('devices.page', COUNTS_ONLY).data?.counts
  const isEnding = list.freshness !== 'fresh' || list.expiresAt - now < WARNED_BEFORE
  const isExpired = list.freshness === 'expired'
  const until = calendarDay(list.expiresAt, now)
  return (
    <StatStrip label={t('admin.status')}>
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
            {isEnding && <Icon icon={TriangleAlert} size={18} />}
          </>
        }
        note={t(isExpired ? 'admin.expired' : 'admin.validUntil', { day: until })}
        isWarning={isEnding}
      />
      {counts !== undefined && (
        <Stat
          label={t('list.devices')}
          value={t('list.devicesOf', { count: counts.upToDate, all: counts.all })}
          note={t('list.devicesNote', { version: list.version })}
          share={counts.all === 0 ? 0 : counts.upToDate / counts.all}
        />
      )}
    </StatStrip>
  )
}
