import {
  Building2,
  KeyRound,
  Laptop,
  LaptopMinimal,
  type LucideIcon,
  PenLine,
  Signature,
  SlidersHorizontal,
  TriangleAlert,
  UserMinus,
  UserPen,
  UserPlus,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { RecordedChange, StagedChange } from '../../../../shared/contract/administration-entities.ts'
import { t } from '../../../locales/i18n.ts'
import { changeWords } from '../../../text/change-words.ts'
import { Icon } from '../../Icon.tsx'
import styles from './ChangeLines.module.css'

const ICONS: Readonly<Record<RecordedChange['kind'], LucideIcon>> = {
  'person-added': UserPlus,
  'person-changed': UserPen,
  'person-removed': UserMinus,
  'device-added': Laptop,
  'device-removed': LaptopMinimal,
  'group-added': Users,
  'group-changed': Users,
  'group-removed': Users,
  'policy-changed': SlidersHorizontal,
  'key-added': KeyRound,
  'key-removed': KeyRound,
  'threshold-changed': Signature,
  'organisation-renamed': Building2,
}

/** What takes somebody or something away is marked. */
const isRemoval = ({ kind }: RecordedChange): boolean => kind.endsWith('-removed')

export interface ChangeLinesProps {
  label: string
  changes: readonly RecordedChange[]
  /** Of all changes, also those that are not told one by one. */
  count: number
  /** Why a line cannot be signed. */
  fault?(index: number): StagedChange['problem']
  /** A control at the end of a line. */
  act?(change: RecordedChange, index: number): ReactNode
}

/** Every change by name: before it is signed, while it waits, and in the history. */
export const ChangeLines = ({ label, changes, count, fault, act }: ChangeLinesProps) => {
  if (count === 0) {
    return (
      <p className={styles.none}>
        <Icon icon={PenLine} size={16} />
        {t('change.none')}
      </p>
    )
  }
  return (
    <ul aria-label={label}>
      {changes.map((change, index) => {
        const { line, details, warning } = changeWords(change)
        const problem = fault?.(index) ?? null
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the changes of one version stay where they are
          <li key={index} className={`${styles.change} ${isRemoval(change) ? styles.removal : ''}`}>
            <Icon icon={ICONS[change.kind]} size={16} />
            <div className={styles.words}>
              <p className={styles.line}>{line}</p>
              {details.map(({ text, was }) => (
                <p key={text} className={styles.detail}>
                  {text}
                  {was !== '' && <span className={styles.was}> ({was})</span>}
                </p>
              ))}
              {warning !== undefined && (
                <p className={styles.warning}>
                  <Icon icon={TriangleAlert} size={14} />
                  {warning}
                </p>
              )}
              {problem !== null && (
                <p className={styles.fault}>
                  <Icon icon={TriangleAlert} size={14} />
                  {t(`changes.${problem}`)}
                </p>
              )}
            </div>
            {act?.(change, index)}
          </li>
        )
      })}
      {count > changes.length && <li className={styles.more}>{t('change.more', { count: count - changes.length })}</li>}
    </ul>
  )
}
