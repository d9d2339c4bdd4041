import type { EngineOutput } from '../../../shared/contract/engine.ts'
import { t } from '../../locales/i18n.ts'
import styles from './form.module.css'

/** Whom an invitation names, and how long it is good for. */
export const InvitedPerson = ({ invited, until }: { invited: EngineOutput<'join.preview'>; until: string }) => {
  const { name, title, department, organisation } = invited
  return (
    <div className={styles.card}>
      <div>
        <strong>{name}</strong>
        <p>{[title, department].filter(Boolean).join(', ')}</p>
        <p>{organisation}</p>
      </div>
      <p className={styles.end}>{t('join.expires', { day: until })}</p>
    </div>
  )
}
