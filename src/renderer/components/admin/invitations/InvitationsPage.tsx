import { t } from '../../../locales/i18n.ts'
import { useInvitations } from '../../../queries/useAdministration.ts'
import { AdminPane } from '../AdminPane.tsx'
import { InvitationRows } from '../InvitationRows.tsx'
import { InvitePeople } from '../InvitePeople.tsx'

export const InvitationsPage = () => {
  const open = useInvitations()?.filter(({ state }) => state === 'open')
  return (
    <AdminPane title={t('admin.invitations')} actions={<InvitePeople />}>
      {open !== undefined && <InvitationRows invitations={open} />}
    </AdminPane>
  )
}
