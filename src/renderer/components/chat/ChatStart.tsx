import { ShieldCheck } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { Icon } from '../Icon.tsx'
import styles from './ChatStart.module.css'

/** Above the first message of a conversation. */
export const ChatStart = ({ name, isEmpty }: { name: string; isEmpty: boolean }) => (
  <div className={isEmpty ? styles.empty : styles.start}>
    <p className={styles.title}>
      <Icon icon={ShieldCheck} size={14} />
      {t('chat.empty', { name })}
    </p>
    <p className={styles.text}>{t('chat.emptyText')}</p>
  </div>
)
