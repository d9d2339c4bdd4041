import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import styles from './Tag.module.css'

export interface TagProps {
  kind: 'verified' | 'ok' | 'warning' | 'bad' | 'plain'
  icon?: LucideIcon
  children: ReactNode
}

/** A state in a word or two; never by its colour alone. */
export const Tag = ({ kind, icon, children }: TagProps) => (
  <span className={`${styles.tag} ${styles[kind]}`}>
    {icon !== undefined && <Icon icon={icon} size={14} />}
    {children}
  </span>
)
