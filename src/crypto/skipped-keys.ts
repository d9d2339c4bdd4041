import { equalBytes } from './bytes.ts'
import { MAX_OLD_CHAINS, MAX_SKIPPED_STORED, SKIPPED_KEY_LIFETIME } from './limits.ts'

/** The key of a message that has not come yet. */
export interface SkippedKey {
  readonly count: number
  /** Milliseconds since 1970, when the message was found missing. */
  readonly at: number
  /** MK, 32 bytes. */
  readonly key: Uint8Array
}

/** What is missing of one receiving chain; oldest message first. Empty when nothing is. */
export interface SkippedChain {
  /** The peer's ratchet key that names the chain, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly keys: readonly SkippedKey[]
}

/** Newest chain first; the present receiving chain is at index 0. Never changed in place. */
export type SkippedKeys = readonly SkippedChain[]

export const findChain = (skipped: SkippedKeys, publicKey: Uint8Array): SkippedChain | undefined =>
  skipped.find(chain => equalBytes(chain.publicKey, publicKey))

/** Keeps what was skipped in the present chain, the oldest keys of all going first when there are too many. */
export const addSkipped = (skipped: SkippedKeys, keys: readonly SkippedKey[]): SkippedKeys => {
  const [present, ...old] = skipped
  if (present === undefined) throw new TypeError('No receiving chain to skip in')
  if (keys.length === 0) return skipped
  let room = MAX_SKIPPED_STORED
  return [{ ...present, keys: [...present.keys, ...keys] }, ...old].map(chain => {
    const kept = room === 0 ? [] : chain.keys.slice(-room)
    room -= kept.length
    return kept.length === chain.keys.length ? chain : { ...chain, keys: kept }
  })
}

/** Opens a new receiving chain; what is older than the fifth chain before it is given up. */
export const startChain = (skipped: SkippedKeys, publicKey: Uint8Array): SkippedKeys => [
  { publicKey, keys: [] },
  ...skipped.slice(0, MAX_OLD_CHAINS),
]

/** A message key opens one message. */
export const removeSkipped = (skipped: SkippedKeys, publicKey: Uint8Array, count: number): SkippedKeys =>
  skipped.map(chain =>
    equalBytes(chain.publicKey, publicKey) ? { ...chain, keys: chain.keys.filter(key => key.count !== count) } : chain,
  )

/** Drops keys that were waited for too long. Answers the same object when there are none. */
export const expireSkipped = (skipped: SkippedKeys, now: number): SkippedKeys => {
  const isOld = ({ at }: SkippedKey) => now - at >= SKIPPED_KEY_LIFETIME
  // keys are in the order in which they were found missing: the first is the oldest
  const hasOld = ({ keys: [oldest] }: SkippedChain) => oldest !== undefined && isOld(oldest)
  if (!skipped.some(hasOld)) return skipped
  return skipped.map(chain => (hasOld(chain) ? { ...chain, keys: chain.keys.filter(key => !isOld(key)) } : chain))
}
