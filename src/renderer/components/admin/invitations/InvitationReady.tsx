import type { InvitationId } from '../../../../shared/ids.ts'
import { t } from '../../../locales/i18n.ts'
import { calendarDay } from '../../../text/dates.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import styles from '../dialogs.module.css'
import { InvitationLink } from './InvitationLink.tsx'

export interface InvitationReadyProps {
  name: string
  invitation: { readonly id: InvitationId; readonly link: string; readonly expiresAt: number }
  /** Left out for an invitation that is shown again. */
  onAnother?: () => void
  onClose(): void
}

/** One invitation, ready to be handed over. */
export const InvitationReady = ({ name, invitation, onAnother, onClose }: InvitationReadyProps) => {
  const { id, link, expiresAt } = invitation
  return (
    <Dialog
      title={t('invite.readyTitle', { name })}
      onClose={onClose}
      footer={
        <>
          {onAnother !== undefined && <Button onClick={onAnother}>{t('invite.another')}</Button>}
          <Button kind="primary" onClick={onClose}>
            {t('action.done')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.lede}>{t('invite.readyText', { name, day: calendarDay(expiresAt, Date.now()) })}</p>
        <InvitationLink id={id} link={link} />
      </div>
    </Dialog>
  )
}
