import type { Presence } from '../text/people.ts'
import styles from './PresenceMark.module.css'

/** Filled disc for online, ring otherwise: the shape says it, not the colour alone. The word stands elsewhere. */
export const PresenceMark = ({ presence }: { presence: Presence }) => (
  <svg className={presence === 'online' ? styles.online : styles.offline} viewBox="0 0 10 10" aria-hidden="true">
    {presence === 'online' ? (
      <circle cx="5" cy="5" r="5" fill="currentColor" />
    ) : (
      <circle cx="5" cy="5" r="3.9" fill="none" stroke="currentColor" strokeWidth="2" />
    )}
  </svg>
)
