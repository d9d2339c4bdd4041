import { t } from '../../../locales/i18n.ts'
import { AdminPane } from '../AdminPane.tsx'

export const AdministratorsPage = () => <AdminPane title={t('admin.administratorsPage')}>{null}</AdminPane>
