import { initials, tintOf } from '../../text/people.ts'
import styles from './SearchRings.module.css'

/** Oneself in the middle, places for colleagues around. A decoration. */
export const SearchRings = ({ id, name }: { id: string; name: string }) => {
  const tint = tintOf(id)
  return (
    <svg width="112" height="96" viewBox="0 0 112 96" className={styles.rings} aria-hidden="true">
      <circle cx="56" cy="48" r="46" strokeDasharray="3 5" />
      <circle cx="56" cy="48" r="31" strokeDasharray="3 5" />
      <circle cx="92" cy="20" r="6" className={styles.place} />
      <circle cx="20" cy="76" r="6" className={styles.place} />
      <circle cx="84" cy="62" r="5" className={styles.place} />
      <circle cx="56" cy="48" r="17" style={{ fill: `var(--tint-${tint}-bg)`, stroke: 'none' }} />
      <text x="56" y="53" className={styles.letters} style={{ fill: `var(--tint-${tint}-fg)` }}>
        {initials(name)}
      </text>
    </svg>
  )
}
