import { ChevronRight, type LucideIcon } from 'lucide-react'
import { Icon } from '../Icon.tsx'
import styles from './Choice.module.css'

export interface ChoiceProps {
  icon: LucideIcon
  title: string
  text: string
  /** The one that most people came for. */
  isFirst?: boolean
  isBusy?: boolean
  onChoose(): void
}

export const Choice = ({ icon, title, text, isFirst = false, isBusy = false, onChoose }: ChoiceProps) => (
  <button
    type="button"
    className={`${styles.choice} ${isFirst ? styles.first : ''}`}
    aria-busy={isBusy || undefined}
    onClick={isBusy ? undefined : onChoose}
  >
    <span className={styles.icon}>
      <Icon icon={icon} size={24} />
    </span>
    <span className={styles.words}>
      <span className={styles.title}>{title}</span>
      <span className={styles.text}>{text}</span>
    </span>
    <Icon icon={ChevronRight} size={20} />
  </button>
)
