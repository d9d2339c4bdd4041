import { Lock } from 'lucide-react'
import { Banners } from '../components/frame/Banners.tsx'
import { Icon } from '../components/Icon.tsx'
import { TakeFile } from '../components/TakeFile.tsx'
import { t } from '../locales/i18n.ts'
import { useDirectory } from '../queries/directory.tsx'
import { useConsole } from '../queries/useConsole.ts'
import { useOrganisation } from '../queries/useOrganisation.ts'
import { calendarDay } from '../text/dates.ts'
import { nameList } from '../text/people.ts'
import styles from './LeaseOverScreen.module.css'
import panes from './panes.module.css'

/** Milliseconds. */
const DAY = 86_400_000
/** Administrators that are named. */
const MAX_NAMES = 3

/** In the place of the chats while the policy keeps them closed. Nothing is erased; fresh news opens them by itself. */
export const LeaseOverScreen = () => {
  const { name: organisation, self, leaseEndsAt, list } = useOrganisation()
  const { people } = useDirectory()
  const { data: policy } = useConsole('policy.get', {})
  const days = policy?.offlineLeaseDays ?? null
  const administrators = people.filter(({ id, isAdmin }) => isAdmin && id !== self).slice(0, MAX_NAMES)
  const text = () => {
    if (days === null || leaseEndsAt === null) return t('lease.textPlain', { organisation })
    const now = Date.now()
    const until = calendarDay(leaseEndsAt - days * DAY, now)
    return t('lease.text', { organisation, days, day: calendarDay(list.confirmedAt, now), until })
  }
  return (
    <main className={panes.main} aria-label={t('lease.title')} data-pane tabIndex={-1}>
      <Banners isLeaseSaid />
      <div className={styles.scroller}>
        <div className={styles.body}>
          <span className={styles.icon}>
            <Icon icon={Lock} size={24} />
          </span>
          <h1>{t('lease.title')}</h1>
          <p className={styles.text}>
            {text()} {t('lease.opens')}
          </p>
          <h2>{t('lease.what')}</h2>
          <ol className={styles.steps}>
            <li>{t('lease.network')}</li>
            <li>{t('lease.file')}</li>
            {administrators.length > 0 && (
              <li>
                {t('lease.call', {
                  names: nameList(
                    administrators.map(({ name }) => name),
                    'disjunction',
                  ),
                })}
              </li>
            )}
          </ol>
          <TakeFile kind="primary" label={t('org.openFile')} />
        </div>
      </div>
    </main>
  )
}
