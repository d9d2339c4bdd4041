import { t } from '../../locales/i18n.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import styles from './About.module.css'
import { SettingRow, SettingsSection } from './rows.tsx'

export const About = ({ version }: { version: string }) => {
  const { name, list, device } = useOrganisation()
  return (
    <SettingsSection title={t('settings.about')}>
      <SettingRow label={t('settings.aboutProtected')} text={t('settings.aboutProtectedText')} />
      <SettingRow label={t('settings.aboutNot')} text={t('settings.aboutNotText')} />
      <SettingRow
        label={t('settings.organisation')}
        text={t('settings.organisationText', { name, version: list.version })}
      />
      <div className={styles.device}>
        <p className={styles.label}>{t('settings.device')}</p>
        <code className={styles.key}>{device}</code>
      </div>
      <SettingRow label={t('app.name')} text={t('settings.version', { version })} />
    </SettingsSection>
  )
}
