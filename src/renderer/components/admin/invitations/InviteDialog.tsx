import { useState } from 'react'
import { INVITATION_LIFETIME } from '../../../../shared/limits.ts'
import { useUi } from '../../../ui-state.ts'
import { InviteListed } from './InviteListed.tsx'
import { InviteNewPerson } from './InviteNewPerson.tsx'
import type { InviteKind, InviteWhom } from './invite-kind.ts'

/** Invites somebody new, or people whose entry is on the list already. */
export const InviteDialog = ({ onClose }: { onClose(): void }) => {
  const invitees = useUi(state => state.invitees)
  const [whom, setWhom] = useState<InviteWhom>(invitees.length > 0 ? 'listed' : 'new')
  const [lifetime, setLifetime] = useState(INVITATION_LIFETIME)
  const kind: InviteKind = { whom, setWhom, lifetime, setLifetime }
  return whom === 'new' ? (
    <InviteNewPerson kind={kind} onClose={onClose} />
  ) : (
    <InviteListed kind={kind} invitees={invitees} onClose={onClose} />
  )
}
