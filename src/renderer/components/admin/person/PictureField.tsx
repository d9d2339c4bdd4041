import { ImageUp, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { PhotoHash } from '../../../../shared/ids.ts'
import { shrinkPicture } from '../../../actions/shrink-picture.ts'
import { t } from '../../../locales/i18n.ts'
import { Avatar } from '../../Avatar.tsx'
import { Button } from '../../Button.tsx'
import { OpenFile } from '../../OpenFile.tsx'
import styles from './PersonDialog.module.css'

/** Bytes: a photo as a camera makes it. */
const MAX_CHOSEN = 32 * 1_024 * 1_024

/** `undefined`: as it is on the list; `null`: none. */
export type Picture = Uint8Array<ArrayBuffer> | null | undefined

export interface PictureFieldProps {
  id: string
  name: string
  /** On the list now. */
  photo: PhotoHash | null
  picture: Picture
  onPicture(picture: Picture): void
}

const useObjectUrl = (bytes: Picture): string | null => {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!bytes) return setUrl(null)
    const made = URL.createObjectURL(new Blob([bytes.slice()]))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  return url
}

/** Any picture of this PC: its middle is cut out, made small, and shown as others will see it. */
export const PictureField = ({ id, name, photo, picture, onPicture }: PictureFieldProps) => {
  const [isUnreadable, setUnreadable] = useState(false)
  const url = useObjectUrl(picture)
  const has = picture === undefined ? photo !== null : picture !== null
  const newest = useRef(0)
  const take = async (bytes: Uint8Array) => {
    const chosen = ++newest.current
    const small = await shrinkPicture(bytes)
    if (chosen !== newest.current) return // another was chosen, or none, while this one was made small
    setUnreadable(small === null)
    if (small !== null) onPicture(small)
  }
  return (
    <div className={styles.picture}>
      <Avatar id={id} name={name} photo={photo} size={64} {...(picture === undefined ? {} : { preview: url })} />
      <div>
        <div className={styles.acts}>
          <OpenFile
            label={t(has ? 'person.changePicture' : 'person.addPicture')}
            size="small"
            icon={ImageUp}
            accept="image/*"
            maxBytes={MAX_CHOSEN}
            onFile={({ bytes }) => void take(bytes)}
          />
          {has && (
            <Button
              kind="muted"
              size="small"
              icon={Trash2}
              onClick={() => {
                newest.current++
                onPicture(photo === null ? undefined : null)
              }}
            >
              {t('person.removePicture')}
            </Button>
          )}
        </div>
        <p className={isUnreadable ? styles.fault : styles.hint} role="status">
          {t(isUnreadable ? 'person.pictureUnreadable' : 'person.pictureHint')}
        </p>
      </div>
    </div>
  )
}
