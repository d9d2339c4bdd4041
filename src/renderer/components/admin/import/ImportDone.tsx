import { Ticket } from 'lucide-react'
import type { EngineOutput } from '../../../../shared/contract/engine.ts'
import { INVITATION_LIFETIME } from '../../../../shared/limits.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import dialogs from '../dialogs.module.css'

export interface ImportDoneProps {
  imported: EngineOutput<'people.import'>
  onInvitations(invitations: EngineOutput<'invitation.createFor'>['invitations']): void
  onClose(): void
}

/** What was kept, and invitations for those who are new. */
export const ImportDone = ({ imported, onInvitations, onClose }: ImportDoneProps) => {
  const { added, changed, skipped } = imported
  const create = useCall('invitation.createFor')
  const invite = async () => {
    const answer = await create.run({ people: added, lifetime: INVITATION_LIFETIME })
    if (answer !== undefined) onInvitations(answer.invitations)
  }
  return (
    <Dialog
      title={t('import.doneTitle')}
      onClose={onClose}
      footer={
        <>
          {added.length > 0 && (
            <Button icon={Ticket} isBusy={create.isBusy} onClick={() => void invite()}>
              {t('import.invite')}
            </Button>
          )}
          <Button kind="primary" onClick={onClose}>
            {t('action.done')}
          </Button>
        </>
      }
    >
      <div className={dialogs.form}>
        <p className={dialogs.lede}>{t('import.done', { added: added.length, changed, skipped })}</p>
        {added.length > 0 && <p className={dialogs.note}>{t('import.inviteText')}</p>}
        <ErrorNote code={create.error} />
      </div>
    </Dialog>
  )
}
