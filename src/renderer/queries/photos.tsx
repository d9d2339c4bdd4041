import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import type { PhotoHash } from '../../shared/ids.ts'
import { useSession } from '../session-context.tsx'
import { createPhotoStore, type PhotoStore } from './photo-store.ts'
import { MINUTE } from './useNow.ts'

const PhotosContext = createContext<PhotoStore | null>(null)

/** People's pictures for the whole frame; all of them are let go with it. */
export const PhotosProvider = ({ children }: { children: ReactNode }) => {
  const { engine } = useSession()
  const [photos] = useState(() => createPhotoStore(engine))
  useEffect(() => {
    const timer = setInterval(photos.retry, MINUTE)
    return () => {
      clearInterval(timer)
      photos.close()
    }
  }, [photos])
  return <PhotosContext value={photos}>{children}</PhotosContext>
}

const nothing = () => () => undefined

/** The address of a picture for `<img>`; null where there is none, or it has not arrived. */
export const usePhoto = (hash: PhotoHash | null): string | null => {
  const photos = useContext(PhotosContext)
  const subscribe = useCallback(
    (listener: () => void) => (photos === null || hash === null ? nothing() : photos.subscribe(hash, listener)),
    [photos, hash],
  )
  return useSyncExternalStore(subscribe, () => (photos === null || hash === null ? null : photos.get(hash)))
}
