import { type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { Icon } from './Icon.tsx'

export interface BannerProps {
  tone: 'warning' | 'danger'
  icon?: LucideIcon
  title: string
  text: string
  /** `status` for what will pass by itself, `alert` for what needs somebody. */
  role: 'status' | 'alert'
  /** One action at most. */
  children?: ReactNode
}

export const Banner = ({ tone, icon = TriangleAlert, title, text, role, children }: BannerProps) => (
  <div className={`${styles.banner} ${styles[tone]}`} role={role}>
    <Icon icon={icon} size={18} />
    <div className={styles.words}>
      <p>
        <strong>{title}</strong> {text}
      </p>
      {children !== undefined && children !== false && <div className={styles.action}>{children}</div>}
    </div>
  </div>
)
