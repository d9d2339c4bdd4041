import { t } from '../../../locales/i18n.ts'
import { AdminPane } from '../AdminPane.tsx'

export const HistoryPage = () => <AdminPane title={t('admin.historyPage')}>{null}</AdminPane>
