import { TriangleAlert } from 'lucide-react'
import type { Administrators, RoleName } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { namesOfRole, thresholdAdvice, thresholdWords } from '../../../text/thresholds.ts'
import { Icon } from '../../Icon.tsx'
import styles from './RoleTable.module.css'

const ROLES: readonly RoleName[] = ['contacts', 'orders', 'root', 'freshness']

const textKey = {
  contacts: 'adminRole.contactsText',
  orders: 'adminRole.ordersText',
  root: 'adminRole.rootText',
  freshness: 'adminRole.freshnessText',
} as const

/** What the organisation signs, how many signatures that takes, and whose. */
export const RoleTable = ({ administrators }: { administrators: Administrators }) => (
  <div className={styles.container}>
    {/* Rows become cards in a narrow pane; the roles keep their meaning for a screen reader then. */}
    <table className={styles.table} aria-label={t('admins.who')}>
      <thead>
        <tr>
          <th scope="col">{t('admins.role')}</th>
          <th scope="col">{t('admins.threshold')}</th>
          <th scope="col">{t('admins.meaning')}</th>
        </tr>
      </thead>
      <tbody>
        {ROLES.map(role => {
          const { threshold, keys } = administrators.roles[role]
          const rule = { threshold, names: namesOfRole(administrators.keys, role) }
          const advice = thresholdAdvice(role, rule)
          return (
            <tr key={role}>
              <th scope="row">
                {t(`adminRole.${role}`)}
                <span className={styles.text}>{t(textKey[role])}</span>
              </th>
              <td className={styles.count}>{t('admins.of', { threshold, keys })}</td>
              <td>
                {rule.names.length > 0 && thresholdWords(rule)}
                {advice !== null && (
                  <span className={styles.advice}>
                    <Icon icon={TriangleAlert} size={14} />
                    {advice}
                  </span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  </div>
)
