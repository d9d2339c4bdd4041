import type { Fork } from '../../../shared/contract/administration-entities.ts'
import { t } from '../../locales/i18n.ts'
import { useConsole } from '../../queries/useConsole.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { signerNames } from '../../text/people.ts'
import { seenWords } from '../../text/seen.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import styles from './Contradictions.module.css'
import { SettingRow, SettingsSection } from './rows.tsx'

const titleKey = { root: 'org.forkRoot', contacts: 'org.forkContacts', freshness: 'org.forkFreshness' } as const

const names = (signers: Fork['trustedBy']): string =>
  signers.length === 0 ? t('history.nobody') : signerNames(signers)

const ForkRow = ({ fork }: { fork: Fork }) => {
  const now = useNow(MINUTE)
  const { document, version, noticedAt, trustedBy, contradictedBy } = fork
  const both = trustedBy.filter(({ keyId }) => contradictedBy.some(other => other.keyId === keyId))
  return (
    <div className={styles.fork}>
      <p className={styles.title}>{t(titleKey[document], { version })}</p>
      <ul className={styles.facts}>
        <li>{t('org.forkTrusted', { names: names(trustedBy) })}</li>
        <li>{t('org.forkOther', { names: names(contradictedBy) })}</li>
        {both.length > 0 && <li className={styles.both}>{t('org.forkBoth', { names: names(both) })}</li>}
      </ul>
      <p className={styles.text}>{t('org.forkAsk')}</p>
      <p className={styles.time}>{t('org.forkNoticed', { time: seenWords(noticedAt, now, 'inside') })}</p>
    </div>
  )
}

/** Pairs of signed documents that cannot both be true, with who signed each. */
export const Contradictions = () => {
  const { data, error } = useConsole('forks.get', {})
  return (
    <SettingsSection title={t('org.contradictions')}>
      {data?.forks.map(fork => (
        <ForkRow key={`${fork.document}/${fork.version}/${fork.noticedAt}`} fork={fork} />
      ))}
      {data?.forks.length === 0 && <SettingRow label={t('org.noForksTitle')} text={t('org.noForks')} />}
      <ErrorNote code={error} />
    </SettingsSection>
  )
}
