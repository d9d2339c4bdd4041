import { t } from '../../../locales/i18n.ts'
import { useJoinRequests } from '../../../queries/useAdministration.ts'
import { CountBadge } from '../../CountBadge.tsx'
import { AdminPane, AdminSection } from '../AdminPane.tsx'
import { InvitePeople } from '../InvitePeople.tsx'
import { ListStatus } from '../ListStatus.tsx'
import { RequestRows } from '../RequestRows.tsx'

export const ListPage = () => {
  const requests = useJoinRequests()
  const count = requests?.length ?? 0
  return (
    <AdminPane title={t('admin.contactList')} actions={<InvitePeople />}>
      <ListStatus />
      {requests !== undefined && count > 0 && (
        <AdminSection
          id="join-requests"
          title={t('admin.requests')}
          count={<CountBadge count={count} label={t('rail.new', { count })} />}
          aside={<p>{t('admin.compare')}</p>}
        >
          <RequestRows requests={requests} />
        </AdminSection>
      )}
    </AdminPane>
  )
}
