import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, Ref } from 'react'
import styles from './Button.module.css'
import { Icon } from './Icon.tsx'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'muted'
  size?: 'small' | 'normal' | 'large'
  icon?: LucideIcon
  /** Acting on something slow: keeps its width, cannot be pressed again, still has the focus. */
  isBusy?: boolean
  isWide?: boolean
  ref?: Ref<HTMLButtonElement>
}

const ignore = (event: { preventDefault(): void }) => event.preventDefault()

export const Button = ({
  kind = 'secondary',
  size = 'normal',
  icon,
  isBusy = false,
  isWide = false,
  type = 'button',
  children,
  onClick,
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    type={type}
    className={`${styles.button} ${styles[kind]} ${styles[size]} ${isWide ? styles.wide : ''}`}
    aria-disabled={isBusy || undefined}
    aria-busy={isBusy || undefined}
    onClick={isBusy ? ignore : onClick}
  >
    {icon !== undefined && <Icon icon={icon} size={size === 'small' ? 14 : 16} />}
    <span className={isBusy ? styles.busyLabel : undefined}>{children}</span>
    {isBusy && <span className={styles.ring} aria-hidden="true" />}
  </button>
)
