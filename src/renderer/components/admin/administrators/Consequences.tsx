import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { Administrators } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { CHOSEN_ROLES, emptyRoles, keyHolders, namesAfter, type RootChange } from '../../../text/administrators.ts'
import { keyKind } from '../../../text/key-words.ts'
import { nameList } from '../../../text/people.ts'
import { thresholdAdvice, thresholdWords } from '../../../text/thresholds.ts'
import { Icon } from '../../Icon.tsx'
import styles from './Consequences.module.css'

interface Line {
  readonly text: string
  readonly isWarning: boolean
}

const keyLines = ({ keys, offers }: Administrators, change: RootChange, self: string, organisation: string): Line[] => {
  const lines: Line[] = offers
    .filter(({ id }) => change.add.has(id))
    .map(({ name }) => ({ text: t('admins.gains', { name, organisation }), isWarning: false }))
  for (const { id, name, keys: own } of keyHolders(keys)) {
    const gone = own.filter(key => change.remove.has(key.id))
    const returns = offers.some(offer => offer.personId === id && change.add.has(offer.id))
    if (gone.length === own.length && !returns) {
      lines.push({ text: id === self ? t('admins.losesOwn') : t('admins.loses', { name }), isWarning: true })
    } else
      for (const key of gone)
        lines.push({ text: t('admins.losesKey', { label: keyKind(key), name }), isWarning: false })
  }
  return lines
}

const ruleLines = (administrators: Administrators, change: RootChange): Line[] =>
  CHOSEN_ROLES.flatMap(role => {
    const names = namesAfter(administrators, change, role)
    if (names.length === 0) return []
    const rule = { threshold: change.thresholds[role], names }
    const words = [thresholdWords(rule), thresholdAdvice(role, rule)].filter(Boolean).join(' ')
    return [{ text: t('admins.ruleAfter', { role: t(`adminRole.${role}`), words }), isWarning: false }]
  })

/** Whether the list in force would lack signatures by keys of the new root. */
const needsNewList = ({ keys }: Administrators, change: RootChange, signedBy: readonly string[]): boolean => {
  const gone = keys.filter(({ id, roles }) => change.remove.has(id) && roles.includes('contacts'))
  return change.thresholds.contacts > signedBy.length || gone.some(({ name }) => signedBy.includes(name))
}

export interface ConsequencesProps {
  administrators: Administrators
  change: RootChange
}

/** What the change means, in sentences, before anybody signs it. */
export const Consequences = ({ administrators, change }: ConsequencesProps) => {
  const { self, name: organisation, list } = useOrganisation()
  const empty = emptyRoles(administrators, change)
  const lines = [
    ...keyLines(administrators, change, self, organisation),
    ...ruleLines(administrators, change),
    ...(needsNewList(administrators, change, list.signedBy) ? [{ text: t('admins.newList'), isWarning: false }] : []),
    ...(empty.length > 0
      ? [{ text: t('admins.nobody', { roles: nameList(empty.map(role => t(`adminRole.${role}`))) }), isWarning: true }]
      : []),
  ]
  return (
    <section className={styles.box} aria-label={t('admins.after')}>
      <p className={styles.title}>{t('admins.after')}</p>
      <ul>
        {lines.map(({ text, isWarning }) => (
          <li key={text} className={isWarning ? styles.warning : undefined}>
            <Icon icon={isWarning ? TriangleAlert : CircleCheck} size={16} />
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
