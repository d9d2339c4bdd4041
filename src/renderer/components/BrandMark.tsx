import styles from './BrandMark.module.css'

export const BrandMark = () => (
  <span className={styles.brand} aria-hidden>
    <svg viewBox="0 0 24 24" width="20" height="20" className={styles.mark} aria-hidden="true">
      <path d="M7 2l5 7.5L17 2" />
      <path d="M10.2 14.2h3.6" />
      <rect x="6" y="10.5" width="12" height="11.5" rx="3" />
    </svg>
  </span>
)
