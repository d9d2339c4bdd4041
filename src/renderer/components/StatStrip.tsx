import type { ReactNode } from 'react'
import styles from './StatStrip.module.css'

export interface StatProps {
  label: string
  value: ReactNode
  note: string
  /** From 0 to 1: drawn in place of the note, which the value says already. */
  share?: number
  isWarning?: boolean
}

export const Stat = ({ label, value, note, share, isWarning = false }: StatProps) => (
  <div className={isWarning ? styles.warning : undefined}>
    <dt>{label}</dt>
    <dd className={styles.value}>{value}</dd>
    {share === undefined ? (
      <dd className={styles.note} title={note}>
        {note}
      </dd>
    ) : (
      <dd className={styles.bar} title={note}>
        <span className={styles.part} style={{ width: `${share * 100}%` }} />
      </dd>
    )}
  </div>
)

/** Numbers that can be checked, side by side. */
export const StatStrip = ({ label, children }: { label: string; children: ReactNode }) => (
  <dl className={styles.strip} aria-label={label}>
    {children}
  </dl>
)
