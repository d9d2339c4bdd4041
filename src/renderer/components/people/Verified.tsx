import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { Person } from '../../../shared/contract/entities.ts'
import { t } from '../../locales/i18n.ts'
import { MINUTE, useNow } from '../../queries/useNow.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { dayAndClock } from '../../text/dates.ts'
import { nameList } from '../../text/people.ts'
import { Icon } from '../Icon.tsx'
import styles from './Verified.module.css'

/** Who says that this person is a colleague, in numbers that can be checked. */
export const Verified = ({ person }: { person: Person }) => {
  const { name, list } = useOrganisation()
  const now = useNow(MINUTE)
  if (!person.listed) {
    return (
      <div className={`${styles.box} ${styles.missing}`}>
        <h3>
          <Icon icon={TriangleAlert} size={18} />
          {t('verified.not')}
        </h3>
        <p>{t('verified.notText', { version: list.version })}</p>
      </div>
    )
  }
  return (
    <div className={styles.box}>
      <h3>
        <Icon icon={ShieldCheck} size={18} />
        {t('verified.title', { organisation: name })}
      </h3>
      <p>
        {t('verified.text', {
          version: list.version,
          names: nameList(list.signedBy),
          time: dayAndClock(list.signedAt, now),
        })}
      </p>
    </div>
  )
}
