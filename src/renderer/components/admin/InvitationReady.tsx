import { Check, Copy } from 'lucide-react'
import { useId, useState } from 'react'
import type { EngineOutput } from '../../../shared/contract/engine.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { t } from '../../locales/i18n.ts'
import { calendarDay } from '../../text/dates.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { QrCode } from '../QrCode.tsx'
import styles from './dialogs.module.css'

export interface InvitationReadyProps {
  name: string
  invitation: EngineOutput<'invitation.create'>
  onAnother(): void
  onClose(): void
}

/** The link as text and as a QR code. It is shown here once; a lost one is withdrawn and made anew. */
export const InvitationReady = ({ name, invitation, onAnother, onClose }: InvitationReadyProps) => {
  const { link, expiresAt } = invitation
  const [isCopied, setCopied] = useState(false)
  const id = useId()
  const copy = () => navigator.clipboard.writeText(link).then(() => setCopied(true), reportFailure)
  return (
    <Dialog
      title={t('invite.readyTitle', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onAnother}>{t('invite.another')}</Button>
          <Button kind="primary" onClick={onClose}>
            {t('action.done')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.lede}>{t('invite.readyText', { name, day: calendarDay(expiresAt, Date.now()) })}</p>
        <div className={styles.ready}>
          <div>
            <label className={styles.label} htmlFor={id}>
              {t('invite.link')}
            </label>
            <textarea id={id} className={styles.link} readOnly value={link} onFocus={event => event.target.select()} />
            <div className={styles.acts}>
              <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
                {t(isCopied ? 'action.copied' : 'invite.copy')}
              </Button>
            </div>
          </div>
          <QrCode text={link} label={t('invite.qr')} />
        </div>
      </div>
    </Dialog>
  )
}
