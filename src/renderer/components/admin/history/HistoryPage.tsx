import { t } from '../../../locales/i18n.ts'
import { AdminPane } from '../AdminPane.tsx'
import { HistoryList } from './HistoryList.tsx'
import styles from './HistoryPage.module.css'

export const HistoryPage = () => (
  <AdminPane title={t('history.title')}>
    <p className={styles.lede}>{t('history.lede')}</p>
    <HistoryList />
  </AdminPane>
)
