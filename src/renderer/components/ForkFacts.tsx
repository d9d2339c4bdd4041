import type { Fork } from '../../shared/contract/administration-entities.ts'
import { t } from '../locales/i18n.ts'
import { useDirectory } from '../queries/directory.tsx'
import { MINUTE, useNow } from '../queries/useNow.ts'
import { useOrganisation } from '../queries/useOrganisation.ts'
import { nameList, signerNames } from '../text/people.ts'
import { seenWords } from '../text/seen.ts'
import styles from './ForkFacts.module.css'

/** Administrators that are named. */
const MAX_NAMES = 3

const titleKey = { root: 'org.forkRoot', contacts: 'org.forkContacts', freshness: 'org.forkFreshness' } as const

export const forkSigners = (signers: Fork['trustedBy']): string =>
  signers.length === 0 ? t('history.nobody') : signerNames(signers)

/** Two signed documents that cannot both be true: which, and who signed each. */
export const ForkFacts = ({ fork }: { fork: Fork }) => {
  const now = useNow(MINUTE)
  const { document, version, noticedAt, trustedBy, contradictedBy } = fork
  const both = trustedBy.filter(({ keyId }) => contradictedBy.some(other => other.keyId === keyId))
  return (
    <div className={styles.fork}>
      <p className={styles.title}>{t(titleKey[document], { version })}</p>
      <ul className={styles.facts}>
        <li>{t('org.forkTrusted', { names: forkSigners(trustedBy) })}</li>
        <li>{t('org.forkOther', { names: forkSigners(contradictedBy) })}</li>
        {both.length > 0 && <li className={styles.both}>{t('org.forkBoth', { names: forkSigners(both) })}</li>}
      </ul>
      <p className={styles.time}>{t('org.forkNoticed', { time: seenWords(noticedAt, now, 'inside') })}</p>
    </div>
  )
}

/** What to do about a fork: a member calls the administrators, they ask each other. */
export const ForkAdvice = () => {
  const { self, isAdmin } = useOrganisation()
  const { people } = useDirectory()
  const others = people.filter(person => person.isAdmin && person.id !== self).slice(0, MAX_NAMES)
  const names = nameList(
    others.map(({ name }) => name),
    'disjunction',
  )
  const advice = () => {
    if (isAdmin) return t('org.forkAdministrator')
    return others.length === 0 ? t('org.forkMemberPlain') : t('org.forkMember', { names })
  }
  return <p className={styles.advice}>{advice()}</p>
}
