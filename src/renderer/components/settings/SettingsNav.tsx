import { Building2, type LucideIcon, SlidersHorizontal } from 'lucide-react'
import { t } from '../../locales/i18n.ts'
import { type SettingsPage, showSettingsPage, useUi } from '../../ui-state.ts'
import { Icon } from '../Icon.tsx'
import nav from '../PaneNav.module.css'
import styles from './SettingsNav.module.css'

const PAGES: readonly (readonly [SettingsPage, LucideIcon, string])[] = [
  ['general', SlidersHorizontal, t('org.general')],
  ['organisation', Building2, t('org.title')],
]

/** Beside the settings where there is room, above them in a narrow window. */
export const SettingsNav = () => {
  const current = useUi(state => state.settingsPage)
  return (
    <nav className={`${nav.column} ${styles.column}`} aria-label={t('org.pages')} data-pane tabIndex={-1}>
      <h1>{t('settings.title')}</h1>
      <ul>
        {PAGES.map(([page, icon, label]) => (
          <li key={page}>
            <button
              type="button"
              className={nav.item}
              aria-current={page === current ? 'page' : undefined}
              onClick={() => showSettingsPage(page)}
            >
              <Icon icon={icon} size={18} />
              <span className={nav.label}>{label}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
