import { t } from '../../../locales/i18n.ts'
import { useJoinRequests } from '../../../queries/useAdministration.ts'
import { AdminPane } from '../AdminPane.tsx'
import { RequestRows } from '../RequestRows.tsx'

export const RequestsPage = () => {
  const requests = useJoinRequests()
  return (
    <AdminPane title={t('admin.requests')}>{requests !== undefined && <RequestRows requests={requests} />}</AdminPane>
  )
}
