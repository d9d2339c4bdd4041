import { isLanyardError } from '../shared/errors.ts'
import { equalBytes } from './bytes.ts'
import { MAX_SKIPPED_PER_STEP } from './limits.ts'
import type { CryptoProvider } from './provider.ts'
import { type Chain, messageKeyOf, nextChainKey, type Ratchet, type RatchetHeader, stepRoot } from './ratchet.ts'
import { addSkipped, expireSkipped, findChain, removeSkipped, type SkippedKey, startChain } from './skipped-keys.ts'

export type ReceivingStep =
  | {
      readonly kind: 'key'
      /** To be kept only when the message proves authentic. */
      readonly ratchet: Ratchet
      readonly messageKey: Uint8Array
      /** Secrets of the old state that the new one no longer holds. */
      readonly spent: readonly Uint8Array[]
    }
  | { readonly kind: 'refused'; readonly reason: 'duplicate' | 'too-far-ahead' | 'not-authentic' }

const DUPLICATE: ReceivingStep = { kind: 'refused', reason: 'duplicate' }

/** The key of a message that came: of the present chain, of a gap in an older one, or of a new chain. */
export const stepReceiving = (
  provider: CryptoProvider,
  before: Ratchet,
  header: RatchetHeader,
  now: number,
): ReceivingStep => {
  const skipped = expireSkipped(before.skipped, now)
  const ratchet = skipped === before.skipped ? before : { ...before, skipped }
  const { receiving } = ratchet
  const known = findChain(skipped, header.publicKey)
  const isPresent = receiving !== null && equalBytes(receiving.publicKey, header.publicKey)
  if (known !== undefined && (!isPresent || header.count < receiving.count)) return fillGap(ratchet, header, known.keys)
  if (isPresent) return advance(provider, ratchet, header, receiving, now)
  return startReceiving(provider, ratchet, header, now)
}

const fillGap = (ratchet: Ratchet, header: RatchetHeader, keys: readonly SkippedKey[]): ReceivingStep => {
  const found = keys.find(({ count }) => count === header.count)
  if (found === undefined) return DUPLICATE
  return {
    kind: 'key',
    ratchet: { ...ratchet, skipped: removeSkipped(ratchet.skipped, header.publicKey, header.count) },
    messageKey: found.key.slice(),
    spent: [found.key],
  }
}

/** Walks a chain up to `count`, keeping the keys on the way. */
const skipTo = (
  provider: CryptoProvider,
  chain: Chain,
  count: number,
  at: number,
): { chain: Chain; keys: readonly SkippedKey[] } => {
  const keys: SkippedKey[] = []
  let { key } = chain
  for (let skipped = chain.count; skipped < count; skipped++) {
    keys.push({ count: skipped, at, key: messageKeyOf(provider, key) })
    key = nextChainKey(provider, key)
  }
  return { chain: { key, count }, keys }
}

const advance = (
  provider: CryptoProvider,
  ratchet: Ratchet,
  header: RatchetHeader,
  receiving: Chain & { readonly publicKey: Uint8Array },
  now: number,
): ReceivingStep => {
  if (header.count - receiving.count > MAX_SKIPPED_PER_STEP) return { kind: 'refused', reason: 'too-far-ahead' }
  const { chain, keys } = skipTo(provider, receiving, header.count, now)
  return {
    kind: 'key',
    ratchet: {
      ...ratchet,
      receiving: {
        publicKey: receiving.publicKey,
        key: nextChainKey(provider, chain.key),
        count: header.count + 1,
      },
      skipped: addSkipped(ratchet.skipped, keys),
    },
    messageKey: messageKeyOf(provider, chain.key),
    spent: [receiving.key],
  }
}

/** DHRatchet of section 3.5, its sending half left for the next message to send. */
const startReceiving = (
  provider: CryptoProvider,
  ratchet: Ratchet,
  header: RatchetHeader,
  now: number,
): ReceivingStep => {
  const { receiving } = ratchet
  const missing = receiving === null ? 0 : Math.max(0, header.previousCount - receiving.count)
  if (missing + header.count > MAX_SKIPPED_PER_STEP) return { kind: 'refused', reason: 'too-far-ahead' }
  const shared = agree(provider, ratchet.own.secret, header.publicKey)
  if (shared === undefined) return { kind: 'refused', reason: 'not-authentic' }
  const { rootKey, chainKey } = stepRoot(provider, ratchet.rootKey, shared)
  const rest = receiving === null ? [] : skipTo(provider, receiving, header.previousCount, now).keys
  const skipped = receiving === null ? [] : addSkipped(ratchet.skipped, rest)
  const { sending, previousCount } = ratchet
  const stepped = advance(
    provider,
    {
      ...ratchet,
      rootKey,
      sending: null,
      previousCount: sending === null ? previousCount : sending.count,
      skipped: startChain(skipped, header.publicKey),
    },
    header,
    { publicKey: header.publicKey, key: chainKey, count: 0 },
    now,
  )
  if (stepped.kind === 'refused') return stepped
  const old = [ratchet.rootKey, receiving?.key, sending?.key].filter(secret => secret !== undefined)
  return { ...stepped, spent: [...stepped.spent, ...old] }
}

/** Undefined for a key of small order, which only a dishonest peer sends. */
const agree = (provider: CryptoProvider, secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined => {
  try {
    return provider.x25519(secret, publicKey)
  } catch (error) {
    if (isLanyardError(error) && error.code === 'bad-input') return undefined
    throw error
  }
}
