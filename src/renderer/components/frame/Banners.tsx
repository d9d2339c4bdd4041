import { Clock, Lock, Unplug } from 'lucide-react'
import type { Organisation, Status } from '../../../shared/contract/entities.ts'
import { useOpenConversation } from '../../actions/useOpenConversation.ts'
import { errorWords } from '../../locales/error-words.ts'
import { t } from '../../locales/i18n.ts'
import { useDirectory } from '../../queries/directory.tsx'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation, useStatus } from '../../queries/useOrganisation.ts'
import { useSessionState } from '../../session-context.tsx'
import { calendarDay } from '../../text/dates.ts'
import { showConversation, showSettingsPage, useUi } from '../../ui-state.ts'
import { Banner } from '../Banner.tsx'
import { Button } from '../Button.tsx'

/** Milliseconds. */
const LEASE_WARNED_BEFORE = 7 * 86_400_000

const TellAdmin = () => {
  const { people } = useDirectory()
  const { self } = useOrganisation()
  const open = useOpenConversation()
  const admin = people.find(({ id, isAdmin }) => isAdmin && id !== self)
  if (admin === undefined) return null
  return (
    <Button size="small" onClick={() => void open(admin.id)}>
      {t('tellAdmin.action')}
    </Button>
  )
}

const ForkBanner = () => {
  const isShown = useUi(({ view, settingsPage }) => view === 'settings' && settingsPage === 'organisation')
  return (
    <Banner tone="danger" role="alert" title={t('fork.title')} text={t('fork.text')}>
      {!isShown && (
        <Button size="small" onClick={() => showSettingsPage('organisation')}>
          {t('fork.action')}
        </Button>
      )}
    </Banner>
  )
}

const LeaseBanner = () => (
  <Banner tone="danger" icon={Lock} role="alert" title={t('lease.banner')} text={t('lease.bannerText')}>
    <Button size="small" onClick={() => showConversation(null)}>
      {t('lease.bannerAction')}
    </Button>
  </Banner>
)

/** The messages will close: said from a week before, when nobody has confirmed the list lately. */
const LeaseEndBanner = ({ endsAt }: { endsAt: number }) => {
  const now = useNow(MINUTE)
  return (
    <Banner
      tone="warning"
      icon={Clock}
      role="status"
      title={t('lease.soonTitle', { day: calendarDay(endsAt, now) })}
      text={t('lease.soonText')}
    >
      <Button size="small" onClick={() => showSettingsPage('organisation')}>
        {t('org.openFile')}
      </Button>
    </Banner>
  )
}

const ListBanner = ({ organisation: { list, isLeaseOver, leaseEndsAt } }: { organisation: Organisation }) => {
  const now = useNow(MINUTE)
  if (list.forked) return <ForkBanner />
  if (isLeaseOver) return <LeaseBanner />
  if (list.freshness === 'fresh') return null
  if (leaseEndsAt !== null && leaseEndsAt - now < LEASE_WARNED_BEFORE) return <LeaseEndBanner endsAt={leaseEndsAt} />
  const isExpired = list.freshness === 'expired'
  return (
    <Banner
      tone="warning"
      role={isExpired ? 'alert' : 'status'}
      title={isExpired ? t('expired.title', { day: calendarDay(list.expiresAt, now) }) : t('stale.title')}
      text={t(isExpired ? 'expired.text' : 'stale.text')}
    >
      <TellAdmin />
    </Banner>
  )
}

const ClockBanner = ({ aheadBy }: { aheadBy: number }) => {
  if (aheadBy === 0) return null
  const minutes = Math.max(1, Math.round(Math.abs(aheadBy) / MINUTE))
  const title = t(aheadBy > 0 ? 'clock.ahead' : 'clock.behind', { minutes })
  return <Banner tone="warning" icon={Clock} role="status" title={title} text={t('clock.text')} />
}

const ProblemBanner = ({ problem }: { problem: Status['problem'] }) => {
  if (problem === null) return null
  const { what, safe, next } = errorWords(problem)
  return <Banner tone="danger" role="alert" title={what} text={`${safe} ${next}`.trim()} />
}

/** Standing conditions of the whole, the most serious first; under the pane's header. `isLeaseSaid`: by the pane itself. */
export const Banners = ({ isLeaseSaid = false }: { isLeaseSaid?: boolean }) => {
  const { network, problem } = useStatus()
  const organisation = useOrganisation()
  const isLost = useSessionState(state => state.connection !== 'open')
  return (
    <>
      {isLost && <Banner tone="warning" icon={Unplug} role="status" title={t('lost.title')} text={t('lost.text')} />}
      <ProblemBanner problem={problem} />
      {!(isLeaseSaid && organisation.isLeaseOver) && <ListBanner organisation={organisation} />}
      {network.state === 'offline' && (
        <Banner tone="warning" icon={Unplug} role="status" title={t('offline.title')} text={t('offline.text')} />
      )}
      <ClockBanner aheadBy={network.clockAheadBy} />
    </>
  )
}
