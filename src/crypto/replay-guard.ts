import type { AcceptedHandshake, Channel } from './channel.ts'
import { MAX_REMEMBERED_HANDSHAKES } from './limits.ts'
import type { PrekeySecrets } from './prekey-secrets.ts'

/**
 * The replay guard with room for one more handshake. It forgets what died with its prekeys; when it is full it gives up
 * the oldest epoch altogether. Undefined when that is the epoch of this very handshake.
 */
export const makeRoom = (
  { accepted, oldestEpoch }: Channel,
  epoch: number,
  prekeys: PrekeySecrets,
): { accepted: readonly AcceptedHandshake[]; oldestEpoch: number } | undefined => {
  const living = accepted.filter(known => prekeys.epochs.some(alive => alive.epoch === known.epoch))
  if (living.length < MAX_REMEMBERED_HANDSHAKES) return { accepted: living, oldestEpoch }
  const oldest = living.reduce((lowest, known) => Math.min(lowest, known.epoch), epoch)
  if (oldest === epoch) return undefined
  return { accepted: living.filter(known => known.epoch !== oldest), oldestEpoch: oldest + 1 }
}
