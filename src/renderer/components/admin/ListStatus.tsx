import { TriangleAlert } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { COUNTS_ONLY } from '../../queries/useAdminCounts.ts'
import { useConsole } from '../../queries/useConsole.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { agoWords } from '../../text/ago.ts'
import { calendarDay } from '../../text/dates.ts'
import { Icon } from '../Icon.tsx'
import { isEndingSoon, SignaturesStat, VersionStat } from '../ListStats.tsx'
import { Stat, StatStrip } from '../StatStrip.tsx'

/** The state of the signed list in numbers that can be checked. */
export const ListStatus = () => {
  const { list } = useOrganisation()
  const now = useNow(MINUTE)
  const counts = useConsole('devices.page', COUNTS_ONLY).data?.counts
  const isEnding = list.freshness !== 'fresh' || isEndingSoon(list, now)
  const isExpired = list.freshness === 'expired'
  const until = calendarDay(list.expiresAt, now)
  return (
    <StatStrip label={t('admin.status')}>
      <VersionStat list={list} now={now} />
      <SignaturesStat list={list} />
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
