import { useState } from 'react'
import type { PersonId } from '../../../../shared/ids.ts'
import { INVITATION_LIFETIME } from '../../../../shared/limits.ts'
import { useUi } from '../../../ui-state.ts'
import { useChanged } from '../../useChanged.ts'
import { InviteListed } from './InviteListed.tsx'
import { InviteNewPerson } from './InviteNewPerson.tsx'
import { type InviteKind, type InviteWhom, NOBODY } from './invite-kind.ts'

/** Invites somebody new, or people whose entry is on the list already; what was entered for one stays while the other is looked at. */
export const InviteDialog = ({ onClose }: { onClose(): void }) => {
  const invitees = useUi(state => state.invitees)
  const [whom, setWhom] = useState<InviteWhom>(invitees.length > 0 ? 'listed' : 'new')
  const [lifetime, setLifetime] = useState(INVITATION_LIFETIME)
  const [details, setDetails] = useState(NOBODY)
  const [chosen, setChosen] = useState<ReadonlySet<PersonId>>(() => new Set(invitees))
  const isChanged = useChanged({ details, chosen, lifetime })
  const kind: InviteKind = { whom, setWhom, lifetime, setLifetime }
  return whom === 'new' ? (
    <InviteNewPerson kind={kind} details={details} isChanged={isChanged} onDetails={setDetails} onClose={onClose} />
  ) : (
    <InviteListed kind={kind} chosen={chosen} isChanged={isChanged} onChosen={setChosen} onClose={onClose} />
  )
}
