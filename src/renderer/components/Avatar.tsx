import { initials, type Presence, tintOf } from '../text/people.ts'
import styles from './Avatar.module.css'
import { PresenceMark } from './PresenceMark.tsx'

export interface AvatarProps {
  id: string
  name: string
  size?: 24 | 32 | 36 | 40 | 64 | 96
  presence?: Presence
  /** Nobody's tint: somebody who is not on the list any more. */
  isFormer?: boolean
}

/** Initials on the person's own tint. A decoration: the name always stands beside it. */
export const Avatar = ({ id, name, size = 40, presence, isFormer = false }: AvatarProps) => (
  <span
    className={`${styles.avatar} ${styles[`size${size}`]} ${isFormer ? styles.former : styles[`tint${tintOf(id)}`]}`}
    aria-hidden="true"
  >
    {initials(name)}
    {presence !== undefined && (
      <span className={styles.presence}>
        <PresenceMark presence={presence} />
      </span>
    )}
  </span>
)
