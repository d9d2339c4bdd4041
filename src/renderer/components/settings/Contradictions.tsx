import { Download } from 'lucide-react'
import { reportFailure } from '../../actions/report-failure.ts'
import { saveFile } from '../../actions/save-file.ts'
import { t } from '../../locales/i18n.ts'
import { useConsole } from '../../queries/useConsole.ts'
import { useSession } from '../../session-context.tsx'
import { Button } from '../Button.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { ForkAdvice, ForkFacts } from '../ForkFacts.tsx'
import { SettingRow, SettingsSection } from './rows.tsx'

/** Pairs of signed documents that cannot both be true, with who signed each. */
export const Contradictions = () => {
  const { engine } = useSession()
  const { data, error } = useConsole('forks.get', {})
  const forks = data?.forks ?? []
  const save = () =>
    engine('file.export', { what: 'forks' }).then(file => saveFile(file.name, file.bytes), reportFailure)
  return (
    <SettingsSection title={t('org.contradictions')}>
      {forks.map(fork => (
        <ForkFacts key={`${fork.document}/${fork.version}/${fork.noticedAt}`} fork={fork} />
      ))}
      {forks.length > 0 && <ForkAdvice />}
      {forks.length > 0 && (
        <SettingRow label={t('org.saveForks')} text={t('org.saveForksText')}>
          <Button icon={Download} aria-label={t('org.saveForksAction')} onClick={() => void save()}>
            {t('org.save')}
          </Button>
        </SettingRow>
      )}
      {data?.forks.length === 0 && <SettingRow label={t('org.noForksTitle')} text={t('org.noForks')} />}
      <ErrorNote code={error} />
    </SettingsSection>
  )
}
