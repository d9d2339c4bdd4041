import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

export interface EmptyStateProps {
  picture: ReactNode
  /** An icon on a round tile; otherwise the picture stands alone. */
  isRound?: boolean
  isDanger?: boolean
  title: string
  text: string
  note?: string
  /** At most one action. */
  children?: ReactNode
}

export const EmptyState = ({ picture, isRound, isDanger, title, text, note, children }: EmptyStateProps) => (
  <div className={styles.state}>
    {isRound ? <span className={`${styles.round} ${isDanger ? styles.danger : ''}`}>{picture}</span> : picture}
    <h2 className={styles.title}>{title}</h2>
    <p className={styles.text}>{text}</p>
    {children !== undefined && <div className={styles.action}>{children}</div>}
    {note !== undefined && <p className={styles.note}>{note}</p>}
  </div>
)
