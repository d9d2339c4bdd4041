import type { ReactNode } from 'react'
import styles from './StatStrip.module.css'

export interface StatProps {
  label: string
  value: ReactNode
  note: string
  isWarning?: boolean
}

export const Stat = ({ label, value, note, isWarning = false }: StatProps) => (
  <div className={isWarning ? styles.warning : undefined}>
    <dt>{label}</dt>
    <dd className={styles.value}>{value}</dd>
    <dd className={styles.note} title={note}>
      {note}
    </dd>
  </div>
)

/** Numbers that can be checked, side by side. */
export const StatStrip = ({ label, children }: { label: string; children: ReactNode }) => (
  <dl className={styles.strip} aria-label={label}>
    {children}
  </dl>
)
