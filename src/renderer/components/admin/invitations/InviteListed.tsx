import { useState } from 'react'
import type { IssuedInvitation } from '../../../../shared/contract/administration-entities.ts'
import type { PersonId } from '../../../../shared/ids.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { Button } from '../../Button.tsx'
import { Dialog, LeaveButton } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import dialogs from '../dialogs.module.css'
import { InvitationsReady } from './InvitationsReady.tsx'
import { InviteeRows } from './InviteeRows.tsx'
import { InviteKindFields } from './InviteKindFields.tsx'
import type { InviteKind } from './invite-kind.ts'

export interface InviteListedProps {
  kind: InviteKind
  chosen: ReadonlySet<PersonId>
  isChanged: boolean
  onChosen(chosen: ReadonlySet<PersonId>): void
  onClose(): void
}

/** One invitation for each of the people chosen: for a new PC, or for a list that came from a table. */
export const InviteListed = ({ kind, chosen, isChanged, onChosen, onClose }: InviteListedProps) => {
  const create = useCall('invitation.createFor')
  const [ready, setReady] = useState<readonly IssuedInvitation[] | null>(null)
  const run = async () => {
    const answer = await create.run({ people: [...chosen], lifetime: kind.lifetime })
    if (answer !== undefined) setReady(answer.invitations)
  }
  if (ready !== null) return <InvitationsReady invitations={ready} onClose={onClose} />
  return (
    <Dialog
      title={t('admin.invite')}
      isChanged={isChanged}
      onClose={onClose}
      footer={
        <>
          <LeaveButton />
          <Button kind="primary" isBusy={create.isBusy} disabled={chosen.size === 0} onClick={() => void run()}>
            {t('invite.createMany', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <div className={dialogs.form}>
        <InviteKindFields {...kind} />
        <InviteeRows chosen={chosen} onChosen={onChosen} />
        <ErrorNote code={create.error} />
      </div>
    </Dialog>
  )
}
