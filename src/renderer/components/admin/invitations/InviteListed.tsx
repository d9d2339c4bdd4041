import { useState } from 'react'
import type { IssuedInvitation } from '../../../../shared/contract/administration-entities.ts'
import type { PersonId } from '../../../../shared/ids.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import dialogs from '../dialogs.module.css'
import { InvitationsReady } from './InvitationsReady.tsx'
import { InviteeRows } from './InviteeRows.tsx'
import { InviteKindFields } from './InviteKindFields.tsx'
import type { InviteKind } from './invite-kind.ts'

export interface InviteListedProps {
  kind: InviteKind
  /** Chosen from the start. */
  invitees: readonly PersonId[]
  onClose(): void
}

/** One invitation for each of the people chosen: for a new PC, or for a list that came from a table. */
export const InviteListed = ({ kind, invitees, onClose }: InviteListedProps) => {
  const create = useCall('invitation.createFor')
  const [chosen, setChosen] = useState<ReadonlySet<PersonId>>(() => new Set(invitees))
  const [ready, setReady] = useState<readonly IssuedInvitation[] | null>(null)
  const run = async () => {
    const answer = await create.run({ people: [...chosen], lifetime: kind.lifetime })
    if (answer !== undefined) setReady(answer.invitations)
  }
  if (ready !== null) return <InvitationsReady invitations={ready} onClose={onClose} />
  return (
    <Dialog
      title={t('admin.invite')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" isBusy={create.isBusy} disabled={chosen.size === 0} onClick={() => void run()}>
            {t('invite.createMany', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <div className={dialogs.form}>
        <InviteKindFields {...kind} />
        <InviteeRows chosen={chosen} onChosen={setChosen} />
        <ErrorNote code={create.error} />
      </div>
    </Dialog>
  )
}
