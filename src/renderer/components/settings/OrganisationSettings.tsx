import { useState } from 'react'
import { t } from '../../locales/i18n.ts'
import { useConsole } from '../../queries/useConsole.ts'
import { HistoryList } from '../admin/history/HistoryList.tsx'
import { WaitingProposals } from '../admin/proposals/WaitingProposals.tsx'
import { Button } from '../Button.tsx'
import { Contradictions } from './Contradictions.tsx'
import { ListFiles } from './ListFiles.tsx'
import { ListState } from './ListState.tsx'
import styles from './OrganisationSettings.module.css'
import { SettingRow, SettingsSection } from './rows.tsx'
import { SigningSettings } from './SigningSettings.tsx'

/** What was asked for comes below the fold. */
const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'start' })

/** What everybody on the list may see of the whole, and do about it. */
export const OrganisationSettings = () => {
  const [showsHistory, setShows] = useState(false)
  const { data: administrators } = useConsole('administrators.get', {})
  return (
    <>
      <ListState />
      <div className={styles.waiting}>
        <WaitingProposals kind="root" />
      </div>
      <Contradictions />
      <ListFiles />
      {administrators !== undefined && <SigningSettings administrators={administrators} />}
      <SettingsSection title={t('org.history')}>
        <SettingRow label={t('org.historyRow')} text={t('org.historyText')}>
          <Button aria-expanded={showsHistory} onClick={() => setShows(!showsHistory)}>
            {t(showsHistory ? 'org.historyHide' : 'org.historyShow')}
          </Button>
        </SettingRow>
      </SettingsSection>
      {showsHistory && (
        <div ref={intoView} className={styles.history}>
          <HistoryList />
        </div>
      )}
    </>
  )
}
