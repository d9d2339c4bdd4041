import {
  type ChannelContext,
  type CryptoProvider,
  createReset,
  type DeviceKeys,
  emptyChannel,
  type Reset,
  resetChannel,
  type UnopenableReason,
  verifyReset,
} from '../../crypto/index.ts'
import { isLanyardError } from '../../shared/errors.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { RESET_EVERY } from './constants.ts'
import { encodeFrame } from './frames.ts'
import type { Links } from './links.ts'
import type { OwnPrekeys } from './own-prekeys.ts'
import type { Sealing } from './sealing.ts'
import { lastReset, noteReset } from './sessions.ts'
import type { Turn } from './turn.ts'
import type { Directory } from './types.ts'

export interface ResetsInit {
  provider: CryptoProvider
  keys: DeviceKeys
  directory: Directory
  links: Links
  sealing: Sealing
  ownPrekeys: OwnPrekeys
}

/** Undefined for what is no statement of this device to this one. */
const readReset = (context: ChannelContext, statement: Uint8Array): Reset | undefined => {
  try {
    return verifyReset(context, statement)
  } catch (error) {
    if (isLanyardError(error)) return undefined
    throw error
  }
}

/**
 * Healing of a session that the two sides see differently, because one came back from a copy or lost its state: who
 * cannot open says so, signed; who has sealed makes a new session and sends again what is not acknowledged.
 */
export const createResets = ({ provider, keys, directory, links, sealing, ownPrekeys }: ResetsInit) => {
  const isTooSoon = (turn: Turn, last: number | null) =>
    last !== null && turn.now >= last && turn.now - last < RESET_EVERY

  return {
    /**
     * Asks the device to begin a new session, at most once in a while: it repeats what is not acknowledged, so that a
     * reset that was held back follows then.
     */
    ask(turn: Turn, device: DeviceId, envelope: Uint8Array, reason: UnopenableReason): void {
      const peer = directory.keysOf(device)
      if (peer === undefined || isTooSoon(turn, lastReset(turn.tx, device, 'reset_sent_at'))) return
      noteReset(turn.tx, device, 'reset_sent_at', turn.now)
      if (reason === 'prekey-gone' || reason === 'too-many-handshakes') ownPrekeys.replace(turn, device)
      const channel = turn.channel(device) ?? emptyChannel()
      const statement = createReset({ provider, self: keys, peer, now: turn.now }, channel, envelope)
      turn.after(() => links.send(device, encodeFrame({ kind: 'reset', statement })))
    },

    /**
     * False where the statement is not the device's own, or the last one was obeyed just now. All that is not
     * acknowledged is sealed anew, also when the session was given up before: some of it may be sealed with that one.
     */
    obey(turn: Turn, device: DeviceId, statement: Uint8Array): boolean {
      const peer = directory.keysOf(device)
      if (peer === undefined || isTooSoon(turn, lastReset(turn.tx, device, 'reset_taken_at'))) return false
      const reset = readReset({ provider, self: keys, peer, now: turn.now }, statement)
      if (reset === undefined) {
        turn.after(() => links.countBadFrame(device))
        return false
      }
      turn.setChannel(device, resetChannel(turn.channel(device) ?? emptyChannel(), reset, turn.now))
      noteReset(turn.tx, device, 'reset_taken_at', turn.now)
      sealing.startOver(turn, device)
      return true
    },
  }
}

export type Resets = ReturnType<typeof createResets>
