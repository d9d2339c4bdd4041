import { t } from '../../../locales/i18n.ts'
import { AdminPane } from '../AdminPane.tsx'

export const DevicesPage = () => <AdminPane title={t('admin.devicesPage')}>{null}</AdminPane>
