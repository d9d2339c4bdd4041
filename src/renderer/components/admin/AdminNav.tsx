import { IdCard, type LucideIcon, Ticket, UserPlus } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { CountBadge } from '../CountBadge.tsx'
import { Icon } from '../Icon.tsx'
import nav from '../PaneNav.module.css'
import styles from './AdminNav.module.css'

/** `list` shows everything, the others one part of it. */
export type AdminPage = 'list' | 'requests' | 'invitations'

export interface AdminNavProps {
  page: AdminPage
  people: number
  requests: number
  invitations: number
  onPage(page: AdminPage): void
}

export const AdminNav = ({ page, people, requests, invitations, onPage }: AdminNavProps) => {
  const item = (value: AdminPage, icon: LucideIcon, label: string, count: number, isNews: boolean) => (
    <li>
      <button
        type="button"
        className={nav.item}
        aria-current={page === value ? 'page' : undefined}
        onClick={() => onPage(value)}
      >
        <Icon icon={icon} size={18} />
        <span className={nav.label}>{label}</span>
        {isNews && count > 0 ? (
          <CountBadge count={count} label={t('rail.new', { count })} />
        ) : (
          <span className={nav.count}>{count}</span>
        )}
      </button>
    </li>
  )
  return (
    <nav className={`${nav.column} ${styles.column}`} aria-label={t('admin.title')} data-pane tabIndex={-1}>
      <h1>{t('admin.title')}</h1>
      <ul>
        {item('list', IdCard, t('admin.contactList'), people, false)}
        {item('requests', UserPlus, t('admin.requests'), requests, true)}
        {item('invitations', Ticket, t('admin.invitations'), invitations, false)}
      </ul>
    </nav>
  )
}
