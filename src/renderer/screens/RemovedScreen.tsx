import { UserX } from 'lucide-react'
import type { Organisation } from '../../shared/contract/entities.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Icon } from '../components/Icon.tsx'
import { t } from '../locales/i18n.ts'
import { calendarDay } from '../text/dates.ts'
import { nameList } from '../text/people.ts'
import styles from './WaitingScreen.module.css'

/** The signed list does not name this person any more. */
export const RemovedScreen = ({ organisation }: { organisation: Organisation }) => (
  <main className={styles.ended}>
    <EmptyState
      picture={<Icon icon={UserX} size={24} />}
      isRound
      isDanger
      title={t('removed.title')}
      text={t('removed.text', {
        organisation: organisation.name,
        version: organisation.list.version,
        day: calendarDay(organisation.list.signedAt, Date.now()),
      })}
      note={t('removed.mistake', { names: nameList(organisation.list.signedBy, 'disjunction') })}
    />
  </main>
)
