import type { Invitation } from '../../../shared/contract/entities.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useSession } from '../../session-context.tsx'
import { calendarDay } from '../../text/dates.ts'
import { showToast } from '../../ui-state.ts'
import { Avatar } from '../Avatar.tsx'
import { Button } from '../Button.tsx'
import styles from './rows.module.css'

export const InvitationRows = ({ invitations }: { invitations: readonly Invitation[] }) => {
  const { engine } = useSession()
  const now = useNow(MINUTE)
  const withdraw = ({ id, name }: Invitation) =>
    engine('invitation.withdraw', { id }).then(() => showToast(t('invite.withdrawnToast', { name })), reportFailure)
  if (invitations.length === 0) return <p className={styles.none}>{t('admin.noInvitations')}</p>
  return (
    <div className={styles.container}>
      <ul className={styles.rows} aria-label={t('admin.invitations')}>
        {invitations.map(invitation => (
          <li key={invitation.id}>
            <Avatar id={invitation.personId} name={invitation.name} size={36} />
            <div className={styles.person}>
              <p className={styles.name} title={invitation.name}>
                {invitation.name}
              </p>
              <p className={styles.detail}>{[invitation.title, invitation.department].filter(Boolean).join(', ')}</p>
            </div>
            <p className={`${styles.until} ${styles.middle}`}>
              {t('invite.goodUntil', { day: calendarDay(invitation.expiresAt, now) })}
            </p>
            <div className={styles.acts}>
              <Button
                kind="muted"
                size="small"
                aria-label={t('invite.withdrawName', { name: invitation.name })}
                onClick={() => void withdraw(invitation)}
              >
                {t('invite.withdraw')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
