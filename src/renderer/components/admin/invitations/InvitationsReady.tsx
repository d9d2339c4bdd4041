import { FolderArchive } from 'lucide-react'
import { useState } from 'react'
import type { IssuedInvitation } from '../../../../shared/contract/administration-entities.ts'
import { saveInvitations } from '../../../actions/invitation-files.ts'
import { reportFailure } from '../../../actions/report-failure.ts'
import { t } from '../../../locales/i18n.ts'
import { useSession } from '../../../session-context.tsx'
import { calendarDay } from '../../../text/dates.ts'
import { Avatar } from '../../Avatar.tsx'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import dialogs from '../dialogs.module.css'
import { InvitationReady } from './InvitationReady.tsx'
import styles from './InvitationsReady.module.css'

export interface InvitationsReadyProps {
  invitations: readonly IssuedInvitation[]
  onClose(): void
}

/** Several invitations: all as files in one zip, or one after the other. */
export const InvitationsReady = ({ invitations, onClose }: InvitationsReadyProps) => {
  const { engine } = useSession()
  const [isSaving, setSaving] = useState(false)
  const [done, setDone] = useState(0)
  const [shown, setShown] = useState<IssuedInvitation | null>(null)
  const [first] = invitations
  if (shown !== null) {
    return <InvitationReady name={shown.name} invitation={shown} onClose={() => setShown(null)} />
  }
  if (invitations.length === 1 && first !== undefined) {
    return <InvitationReady name={first.name} invitation={first} onClose={onClose} />
  }
  const save = () => {
    setSaving(true)
    saveInvitations(engine, invitations, setDone)
      .catch(reportFailure)
      .finally(() => setSaving(false))
  }
  return (
    <Dialog
      title={t('invite.manyTitle', { count: invitations.length })}
      onClose={onClose}
      footer={
        <>
          <Button icon={FolderArchive} isBusy={isSaving} onClick={save}>
            {t('invite.saveZip')}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t('action.done')}
          </Button>
        </>
      }
    >
      <div className={dialogs.form}>
        <p className={dialogs.lede}>
          {t('invite.manyText', { day: calendarDay(first?.expiresAt ?? Date.now(), Date.now()) })}
        </p>
        {isSaving && (
          <progress
            className={styles.progress}
            max={invitations.length}
            value={done}
            aria-label={t('invite.saveZip')}
          />
        )}
        <ul className={styles.list} aria-label={t('admin.invitations')}>
          {invitations.map(invitation => (
            <li key={invitation.id}>
              <Avatar id={invitation.personId} name={invitation.name} size={32} />
              <span className={styles.name}>{invitation.name}</span>
              <Button
                kind="quiet"
                size="small"
                aria-label={t('invitations.showName', { name: invitation.name })}
                onClick={() => setShown(invitation)}
              >
                {t('invitations.showOne')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
