import type { EngineClient } from '../../shared/contract/engine.ts'
import type { PhotoHash } from '../../shared/ids.ts'

/** Pictures that nobody looks at any more and that are kept for the next look: some screens of a list. */
const MAX_IDLE = 200

interface Entry {
  /** Object URL; null while the picture is not here. */
  url: string | null
  isLoading: boolean
  readonly listeners: Set<() => void>
}

export interface PhotoStore {
  get(hash: PhotoHash): string | null
  /** Somebody looks at it: loads it unless it is here. */
  subscribe(hash: PhotoHash, listener: () => void): () => void
  /** Asks again for what had not arrived. */
  retry(): void
  /** Lets go of every picture. */
  close(): void
}

/** People's pictures as object URLs, each loaded once and revoked when many others were looked at since. */
export const createPhotoStore = (call: EngineClient['call']): PhotoStore => {
  /** In the order of the last look. */
  const entries = new Map<PhotoHash, Entry>()

  const load = async (hash: PhotoHash, entry: Entry): Promise<void> => {
    if (entry.url !== null || entry.isLoading) return
    entry.isLoading = true
    // A failure leaves the initials in its place; the next look or retry asks again.
    const answer = await call('photo.get', { hash }).catch(() => undefined)
    entry.isLoading = false
    if (answer === undefined || answer.bytes === null || entries.get(hash) !== entry) return
    entry.url = URL.createObjectURL(new Blob([answer.bytes.slice()]))
    for (const listener of entry.listeners) listener()
  }

  const drop = (hash: PhotoHash, { url }: Entry) => {
    entries.delete(hash)
    if (url !== null) URL.revokeObjectURL(url)
  }
  const trim = () => {
    const idle = [...entries].filter(([, { listeners }]) => listeners.size === 0)
    for (const [hash, entry] of idle.slice(0, Math.max(0, idle.length - MAX_IDLE))) drop(hash, entry)
  }

  return {
    get: hash => entries.get(hash)?.url ?? null,
    subscribe(hash, listener) {
      const entry = entries.get(hash) ?? { url: null, isLoading: false, listeners: new Set() }
      entries.delete(hash)
      entries.set(hash, entry)
      entry.listeners.add(listener)
      void load(hash, entry)
      return () => {
        entry.listeners.delete(listener)
        trim()
      }
    },
    retry() {
      for (const [hash, entry] of entries) if (entry.listeners.size > 0) void load(hash, entry)
    },
    close() {
      for (const [hash, entry] of [...entries]) drop(hash, entry)
    },
  }
}
