import { type CryptoProvider, toHex } from '../../crypto/index.ts'
import type { EnvelopeId } from '../../shared/ids.ts'

/** Ids made in one millisecond before the next one is borrowed. */
const IDS_PER_MILLISECOND = 4_096

/** Bytes drawn at once: a call of the system costs as much as the rest of an id. */
const POOL_BYTES = 8 * 512

export interface EnvelopeIdsInit {
  provider: Pick<CryptoProvider, 'randomBytes'>
  /** Milliseconds since 1970. */
  now(): number
  /** The highest id that is stored; null where none is. */
  last: EnvelopeId | null
}

/**
 * Names for sealed copies: 8 bytes that grow, so that the outbox is ordered by them and indexes are written at their
 * end, and 8 random bytes. Answers a function that gives a higher id with each call, also when the clock is set back.
 */
export const createEnvelopeIds = ({ provider, now, last }: EnvelopeIdsInit): (() => EnvelopeId) => {
  let number = last === null ? 0 : Number.parseInt(last.slice(0, 16), 16)
  let pool = ''
  return () => {
    number = Math.max(number + 1, now() * IDS_PER_MILLISECOND)
    if (pool === '') pool = toHex(provider.randomBytes(POOL_BYTES))
    const random = pool.slice(-16)
    pool = pool.slice(0, -16)
    return `${number.toString(16).padStart(16, '0')}${random}` as EnvelopeId
  }
}
