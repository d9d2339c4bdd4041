import { t } from '../../locales/i18n.ts'
import { useConsole } from '../../queries/useConsole.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import { ForkAdvice, ForkFacts } from '../ForkFacts.tsx'
import { SettingRow, SettingsSection } from './rows.tsx'

/** Pairs of signed documents that cannot both be true, with who signed each. */
export const Contradictions = () => {
  const { data, error } = useConsole('forks.get', {})
  const forks = data?.forks ?? []
  return (
    <SettingsSection title={t('org.contradictions')}>
      {forks.map(fork => (
        <ForkFacts key={`${fork.document}/${fork.version}/${fork.noticedAt}`} fork={fork} />
      ))}
      {forks.length > 0 && <ForkAdvice />}
      {data?.forks.length === 0 && <SettingRow label={t('org.noForksTitle')} text={t('org.noForks')} />}
      <ErrorNote code={error} />
    </SettingsSection>
  )
}
