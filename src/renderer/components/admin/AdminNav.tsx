import { t } from '../../locales/i18n.ts'
import { useAdminCounts } from '../../queries/useAdminCounts.ts'
import { showAdminPage, useUi } from '../../ui-state.ts'
import { CountBadge } from '../CountBadge.tsx'
import { Icon } from '../Icon.tsx'
import nav from '../PaneNav.module.css'
import styles from './AdminNav.module.css'
import { ADMIN_PLACES, type AdminPlace } from './pages.ts'

/** Join requests wait for somebody; the other numbers only say how much there is. */
const isNews = (page: AdminPlace['page']) => page === 'requests'

const NavItem = ({ place, count }: { place: AdminPlace; count: number | undefined }) => {
  const { page, icon, label } = place
  const isCurrent = useUi(state => state.adminPage === page)
  return (
    <li>
      <button
        type="button"
        className={nav.item}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => showAdminPage(page)}
      >
        <Icon icon={icon} size={18} />
        <span className={nav.label}>{t(label)}</span>
        {count !== undefined && isNews(page) && count > 0 && (
          <CountBadge count={count} label={t('rail.new', { count })} />
        )}
        {count !== undefined && !isNews(page) && <span className={nav.count}>{count}</span>}
      </button>
    </li>
  )
}

/** Beside the console where there is room; below 900 the pane's title is a choice of pages instead, see `AdminPane`. */
export const AdminNav = () => {
  const counts = useAdminCounts()
  return (
    <nav className={`${nav.column} ${styles.column}`} aria-label={t('admin.title')} data-pane tabIndex={-1}>
      <h1>{t('admin.title')}</h1>
      <ul>
        {ADMIN_PLACES.map(place => (
          <NavItem key={place.page} place={place} count={counts[place.page]} />
        ))}
      </ul>
    </nav>
  )
}
