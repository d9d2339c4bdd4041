import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { Icon } from './Icon.tsx'
import styles from './IconButton.module.css'

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'> {
  icon: LucideIcon
  /** Its accessible name and tooltip. */
  label: string
  size?: 'small' | 'normal'
  ref?: Ref<HTMLButtonElement>
}

export const IconButton = ({ icon, label, size = 'normal', type = 'button', ...rest }: IconButtonProps) => (
  <button {...rest} type={type} className={`${styles.button} ${styles[size]}`} aria-label={label} title={label}>
    <Icon icon={icon} size={size === 'small' ? 16 : 20} />
  </button>
)
