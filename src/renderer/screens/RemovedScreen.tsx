import { UserX } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Organisation } from '../../shared/contract/entities.ts'
import { Button } from '../components/Button.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Icon } from '../components/Icon.tsx'
import { StartAnewDialog } from '../components/setup/StartAnewDialog.tsx'
import { t } from '../locales/i18n.ts'
import { calendarDay } from '../text/dates.ts'
import { nameList } from '../text/people.ts'
import { useUi } from '../ui-state.ts'
import styles from './WaitingScreen.module.css'

/** The signed list does not name this person any more. */
export const RemovedScreen = ({ organisation }: { organisation: Organisation }) => {
  const invitationLink = useUi(state => state.invitationLink)
  const [isAsking, setAsking] = useState(false)
  // the link of a new invitation was opened: it waits until there is a profile to join with
  useEffect(() => {
    if (invitationLink !== '') setAsking(true)
  }, [invitationLink])
  return (
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
      >
        <Button onClick={() => setAsking(true)}>{t('anew.title')}</Button>
      </EmptyState>
      {isAsking && <StartAnewDialog onClose={() => setAsking(false)} />}
    </main>
  )
}
