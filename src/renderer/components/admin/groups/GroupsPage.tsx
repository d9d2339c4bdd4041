import { t } from '../../../locales/i18n.ts'
import { AdminPane } from '../AdminPane.tsx'

export const GroupsPage = () => <AdminPane title={t('admin.groupsPage')}>{null}</AdminPane>
