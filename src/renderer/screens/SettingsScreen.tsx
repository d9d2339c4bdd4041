import { Banners } from '../components/frame/Banners.tsx'
import { GeneralSettings } from '../components/settings/GeneralSettings.tsx'
import { OrganisationSettings } from '../components/settings/OrganisationSettings.tsx'
import { SettingsNav } from '../components/settings/SettingsNav.tsx'
import { t } from '../locales/i18n.ts'
import { useUi } from '../ui-state.ts'
import panes from './panes.module.css'
import styles from './SettingsScreen.module.css'

export const SettingsScreen = () => {
  const page = useUi(state => state.settingsPage)
  const isGeneral = page === 'general'
  return (
    <div className={`${panes.panes} ${styles.panes}`}>
      <SettingsNav />
      <main className={panes.main} aria-label={t('settings.title')} data-pane tabIndex={-1}>
        <header className={styles.head}>
          <h2>{t(isGeneral ? 'org.general' : 'org.title')}</h2>
        </header>
        <Banners />
        <div className={`${styles.body} ${isGeneral ? styles.reading : styles.wide}`} key={page}>
          {isGeneral ? <GeneralSettings /> : <OrganisationSettings />}
        </div>
      </main>
    </div>
  )
}
