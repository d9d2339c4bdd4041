import { t } from '../../../locales/i18n.ts'
import { AdminPane } from '../AdminPane.tsx'

export const PoliciesPage = () => <AdminPane title={t('admin.policiesPage')}>{null}</AdminPane>
