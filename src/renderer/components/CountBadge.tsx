import styles from './CountBadge.module.css'

/** Counts further than this are shown as 99+. */
const MOST = 99

export const CountBadge = ({ count, label }: { count: number; label: string }) => (
  <span className={styles.badge} role="img" aria-label={label}>
    {count > MOST ? `${MOST}+` : count}
  </span>
)
