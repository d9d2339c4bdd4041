import { ChevronDown, type LucideIcon } from 'lucide-react'
import { Icon } from './Icon.tsx'
import styles from './Select.module.css'

export interface SelectProps<T extends string> {
  /** Its accessible name. */
  label: string
  value: T
  options: readonly (readonly [T, string])[]
  icon?: LucideIcon
  size?: 'small' | 'normal'
  onValue(value: T): void
}

/** One of several, as the system draws the choice. */
export const Select = <T extends string>({ label, value, options, icon, size = 'normal', onValue }: SelectProps<T>) => (
  <span className={`${styles.whole} ${styles[size]} ${icon === undefined ? '' : styles.withIcon}`}>
    {icon !== undefined && <Icon icon={icon} size={16} />}
    <select aria-label={label} value={value} onChange={event => onValue(event.target.value as T)}>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
    <Icon icon={ChevronDown} size={14} />
  </span>
)
