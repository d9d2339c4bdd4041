import { t } from '../../../locales/i18n.ts'
import { useJoinRequests } from '../../../queries/useAdministration.ts'
import { TakeFile } from '../../TakeFile.tsx'
import { AdminPane } from '../AdminPane.tsx'
import styles from '../rows.module.css'
import { RequestRows } from './RequestRows.tsx'

export const RequestsPage = () => {
  const requests = useJoinRequests()
  return (
    <AdminPane title={t('admin.requests')} actions={<TakeFile label={t('request.openFile')} />}>
      <p className={styles.lede}>{t('admin.compare')}</p>
      {requests !== undefined && <RequestRows requests={requests} />}
    </AdminPane>
  )
}
