import { Check, Copy, Download } from 'lucide-react'
import { useId, useState } from 'react'
import type { InvitationId } from '../../../../shared/ids.ts'
import { saveInvitation } from '../../../actions/invitation-files.ts'
import { reportFailure } from '../../../actions/report-failure.ts'
import { t } from '../../../locales/i18n.ts'
import { useSession } from '../../../session-context.tsx'
import { Button } from '../../Button.tsx'
import { QrCode } from '../../QrCode.tsx'
import styles from '../dialogs.module.css'

/** The three ways to hand an invitation over: a link, a QR code, a file. */
export const InvitationLink = ({ id, link }: { id: InvitationId; link: string }) => {
  const { engine } = useSession()
  const [isCopied, setCopied] = useState(false)
  const fieldId = useId()
  const copy = () => navigator.clipboard.writeText(link).then(() => setCopied(true), reportFailure)
  return (
    <div className={styles.ready}>
      <div>
        <label className={styles.label} htmlFor={fieldId}>
          {t('invite.link')}
        </label>
        <textarea id={fieldId} className={styles.link} readOnly value={link} onFocus={event => event.target.select()} />
        <div className={styles.acts}>
          <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
            {t(isCopied ? 'action.copied' : 'invite.copy')}
          </Button>
          <Button icon={Download} onClick={() => void saveInvitation(engine, id).catch(reportFailure)}>
            {t('invite.saveFile')}
          </Button>
        </div>
      </div>
      <QrCode text={link} label={t('invite.qr')} />
    </div>
  )
}
