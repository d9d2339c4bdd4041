import { type CryptoProvider, toHex } from '../../../crypto/index.ts'
import type { TrustedState } from '../../../org/index.ts'
import type { DeviceId, PersonId, PhotoHash } from '../../../shared/ids.ts'
import { MAX_PHOTO_BYTES } from '../../../shared/limits.ts'
import type { Log } from '../../../shared/log.ts'
import type { Store } from '../../storage/store.ts'
import { isPicture } from '../list/picture.ts'
import type { IgnoredDevices } from './ignored-devices.ts'
import type { AskPeer } from './sync-asking.ts'
import { MAX_PHOTOS_ASKED, type SyncFrame } from './sync-frame.ts'

/** Bytes of all pictures: 10,000 people with 25 KB each. */
const MAX_PHOTOS_BYTES = 256 * 1024 * 1024

/** Milliseconds for a few pictures of 64 KiB. */
const PHOTOS_TIMEOUT = 30_000

export interface Photos {
  find(hash: PhotoHash): Uint8Array<ArrayBuffer> | null
  /** Of those asked for, the ones that are here. */
  answer(hashes: readonly PhotoHash[]): SyncFrame
  /** Fetches pictures of people on the list that are not here, a few at a time, in the background. */
  fetchFrom(device: DeviceId): Promise<void>
  /** Forgets pictures of nobody on the list where they begin to take room: some may wait for a signature. */
  review(): Promise<void>
}

export interface PhotosInit {
  store: Store
  provider: CryptoProvider
  trusted(): Pick<TrustedState, 'people'>
  askPeer: AskPeer
  ignored: IgnoredDevices
  log: Log
}

export const createPhotos = ({ store, provider, trusted, askPeer, ignored, log }: PhotosInit): Photos => {
  const underWay = new Set<PhotoHash>()

  const find = (hash: PhotoHash): Uint8Array<ArrayBuffer> | null => {
    const row = store.get<{ bytes: Uint8Array }>('SELECT bytes FROM photos WHERE hash = ?', hash)
    return row === undefined ? null : new Uint8Array(row.bytes)
  }

  const size = () => store.get<{ size: number | null }>('SELECT sum(length(bytes)) AS size FROM photos')?.size ?? 0

  const owners = () => {
    const byHash = new Map<PhotoHash, PersonId>()
    for (const { photoHash, personId } of trusted().people.values())
      if (photoHash !== null) byHash.set(toHex(photoHash) as PhotoHash, personId)
    return byHash
  }

  const missing = () => {
    const here = new Set(store.all<{ hash: PhotoHash }>('SELECT hash FROM photos').map(({ hash }) => hash))
    return [...owners().keys()].filter(hash => !here.has(hash) && !underWay.has(hash))
  }

  /** Undefined for what was not asked for or is no picture. */
  const examine = (bytes: Uint8Array, asked: ReadonlySet<PhotoHash>): PhotoHash | undefined => {
    const hash = toHex(provider.sha256(bytes)) as PhotoHash
    return asked.has(hash) && isPicture(bytes) ? hash : undefined
  }

  const keep = (photos: ReadonlyMap<PhotoHash, Uint8Array>) =>
    store.write(tx => {
      const people = owners()
      for (const [hash, bytes] of photos) {
        tx.run('INSERT OR IGNORE INTO photos (hash, bytes) VALUES (?, ?)', hash, bytes)
        const person = people.get(hash)
        if (person !== undefined) tx.markChanged('person', person)
      }
    })

  /** Those that are what was asked for. */
  const ask = async (device: DeviceId, hashes: readonly PhotoHash[]): Promise<ReadonlyMap<PhotoHash, Uint8Array>> => {
    const { photos } = await askPeer(device, { kind: 'photos-wanted', hashes }, ['photos'], PHOTOS_TIMEOUT)
    const asked = new Set(hashes)
    const good = new Map<PhotoHash, Uint8Array>()
    for (const bytes of photos) {
      const hash = examine(bytes, asked)
      if (hash !== undefined) good.set(hash, bytes)
    }
    if (good.size < photos.length) ignored.ignore(device, 'a picture that was not asked for, or is none')
    return good
  }

  return {
    find,
    answer: hashes => ({ kind: 'photos', photos: hashes.flatMap(hash => find(hash) ?? []) }),
    async fetchFrom(device) {
      const lacking = missing()
      for (let at = 0; at < lacking.length && !ignored.has(device); at += MAX_PHOTOS_ASKED) {
        if (size() > MAX_PHOTOS_BYTES - MAX_PHOTOS_ASKED * MAX_PHOTO_BYTES) return
        const hashes = lacking.slice(at, at + MAX_PHOTOS_ASKED).filter(hash => !underWay.has(hash))
        if (hashes.length === 0) continue
        for (const hash of hashes) underWay.add(hash)
        try {
          const photos = await ask(device, hashes)
          if (photos.size > 0) await keep(photos)
        } finally {
          for (const hash of hashes) underWay.delete(hash)
        }
      }
    },
    async review() {
      if (size() < MAX_PHOTOS_BYTES / 2) return
      const wanted = owners()
      const here = store.all<{ hash: PhotoHash }>('SELECT hash FROM photos').map(({ hash }) => hash)
      const unused = here.filter(hash => !wanted.has(hash))
      if (unused.length === 0) return
      await store.write(tx => {
        for (const hash of unused) tx.run('DELETE FROM photos WHERE hash = ?', hash)
      })
      log.debug({ pictures: unused.length }, 'pictures of nobody on the list are gone')
    },
  }
}
