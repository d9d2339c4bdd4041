import { Keyboard, Lock, Power } from 'lucide-react'
import type { Settings } from '../../../shared/contract/host.ts'
import { reportFailure } from '../../actions/report-failure.ts'
import { useLock } from '../../actions/useLock.ts'
import { t } from '../../locales/i18n.ts'
import { useStatus } from '../../queries/useOrganisation.ts'
import { useSession, useSessionState } from '../../session-context.tsx'
import { useUi } from '../../ui-state.ts'
import { Button } from '../Button.tsx'
import { About } from './About.tsx'
import { ChoiceRow, SettingRow, SettingsSection, SwitchRow } from './rows.tsx'

const protectionKey = {
  keychain: 'settings.protectionKeychain',
  passphrase: 'settings.protectionPassphrase',
  none: 'settings.protectionNone',
} as const

/** Appearance, notifications, what seals the messages: of this PC alone. */
export const GeneralSettings = () => {
  const { host } = useSession()
  const settings = useSessionState(state => state.settings)
  const info = useSessionState(state => state.info)
  const { profile } = useStatus()
  const lock = useLock()
  const protection = profile.protection ?? 'none'
  const change = (part: Partial<Settings>) => {
    host('settings.change', part).catch(reportFailure)
  }
  if (settings === null || info === null) return null
  return (
    <>
      <SettingsSection title={t('settings.appearance')}>
        <ChoiceRow
          label={t('settings.theme')}
          value={settings.theme}
          options={[
            ['system', t('settings.themeSystem')],
            ['light', t('settings.themeLight')],
            ['dark', t('settings.themeDark')],
          ]}
          onValue={theme => change({ theme })}
        />
      </SettingsSection>
      {info.can.notify && (
        <SettingsSection title={t('settings.notifications')}>
          <ChoiceRow
            label={t('settings.notificationsLabel')}
            value={settings.notifications}
            options={[
              ['full', t('settings.notifyFull')],
              ['name', t('settings.notifyName')],
              ['none', t('settings.notifyNone')],
            ]}
            onValue={notifications => change({ notifications })}
          />
        </SettingsSection>
      )}
      {info.can.closeToTray && (
        <SettingsSection title={t('settings.window')}>
          <SwitchRow
            label={t('settings.closeToTray')}
            text={t('settings.closeToTrayText')}
            isOn={settings.closeToTray}
            onChange={closeToTray => change({ closeToTray })}
          />
        </SettingsSection>
      )}
      <SettingsSection title={t('settings.security')}>
        <SettingRow
          label={t('settings.protection')}
          text={t(protectionKey[protection])}
          isWarning={protection === 'none'}
        />
        {lock !== null && (
          <SettingRow label={t('switcher.lock')} text={t('settings.lockText')}>
            <Button icon={Lock} onClick={() => void lock()}>
              {t('settings.lockNow')}
            </Button>
          </SettingRow>
        )}
        {protection === 'keychain' && <SettingRow label={t('switcher.lock')} text={t('settings.lockKeychain')} />}
      </SettingsSection>
      <SettingsSection title={t('settings.keyboard')}>
        <SettingRow label={t('help.title')} text={t('help.list')}>
          <Button icon={Keyboard} onClick={() => useUi.setState({ isHelpOpen: true })}>
            {t('settings.keyboardAction')}
          </Button>
        </SettingRow>
      </SettingsSection>
      <About version={info.version} />
      {info.can.quit && (
        <SettingsSection title={t('settings.quit')}>
          <SettingRow label={t('settings.quit')} text={t('settings.quitText')}>
            <Button icon={Power} onClick={() => host('app.quit', {}).catch(reportFailure)}>
              {t('settings.quit')}
            </Button>
          </SettingRow>
        </SettingsSection>
      )}
    </>
  )
}
