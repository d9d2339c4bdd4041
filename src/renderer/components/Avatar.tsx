import type { PhotoHash } from '../../shared/ids.ts'
import { usePhoto } from '../queries/photos.tsx'
import { initials, type Presence, tintOf } from '../text/people.ts'
import styles from './Avatar.module.css'
import { PresenceMark } from './PresenceMark.tsx'

export interface AvatarProps {
  id: string
  name: string
  size?: 24 | 32 | 36 | 40 | 64 | 96
  presence?: Presence
  /** Their picture, where they have one; initials until it is here. */
  photo?: PhotoHash | null
  /** A picture that is not on the list yet, as an address of this page; in place of `photo`. */
  preview?: string | null
  /** Nobody's tint: somebody who is not on the list any more. */
  isFormer?: boolean
}

/** Their picture, or initials on the person's own tint. A decoration: the name always stands beside it. */
export const Avatar = (props: AvatarProps) => {
  const { id, name, size = 40, presence, photo = null, preview, isFormer = false } = props
  const kept = usePhoto(preview === undefined ? photo : null)
  const picture = preview === undefined ? kept : preview
  return (
    <span
      className={`${styles.avatar} ${styles[`size${size}`]} ${isFormer ? styles.former : styles[`tint${tintOf(id)}`]}`}
      aria-hidden="true"
    >
      {picture === null ? initials(name) : <img className={styles.photo} src={picture} alt="" />}
      {presence !== undefined && (
        <span className={styles.presence}>
          <PresenceMark presence={presence} />
        </span>
      )}
    </span>
  )
}
