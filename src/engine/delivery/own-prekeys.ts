import {
  type CryptoProvider,
  currentEpoch,
  type DeviceKeys,
  fromHex,
  publicPrekeys,
  reserveOneTimeKey,
  rotatePrekeys,
  spendOneTimeKey,
} from '../../crypto/index.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { REPLACE_PREKEYS_EVERY } from './constants.ts'
import { encodeFrame } from './frames.ts'
import type { Links } from './links.ts'
import type { Turn } from './turn.ts'

export interface OwnPrekeysInit {
  provider: CryptoProvider
  keys: DeviceKeys
  links: Links
}

/** This device's own prekeys on their way to the others: to each, while it is online, with a one-time key of its own. */
export const createOwnPrekeys = ({ provider, keys, links }: OwnPrekeysInit) => {
  const offer = (turn: Turn, device: DeviceId): void => {
    const peer = fromHex(device)
    const before = turn.prekeys()
    const secrets = reserveOneTimeKey(provider, rotatePrekeys(provider, before, turn.now), peer, turn.now)
    if (secrets !== before) turn.setPrekeys(secrets)
    turn.after(() =>
      links.send(
        device,
        encodeFrame({ kind: 'prekeys', bundle: publicPrekeys(provider, keys, secrets, { withOneTime: peer }) }),
      ),
    )
  }

  return {
    /** Sends the newest prekeys after the commit; makes new ones first where that is due. */
    offer,
    /** A session has been opened with this one-time key: it is forgotten with the commit, and another one offered. */
    spend(turn: Turn, device: DeviceId, oneTimeKey: number): void {
      turn.setPrekeys(spendOneTimeKey(turn.prekeys(), oneTimeKey))
      offer(turn, device)
    },
    /** The device uses prekeys that this one does not have (any more): it gets new ones, or those that are new still. */
    replace(turn: Turn, device: DeviceId): void {
      const before = turn.prekeys()
      const force = Math.abs(turn.now - currentEpoch(before).createdAt) >= REPLACE_PREKEYS_EVERY
      const secrets = rotatePrekeys(provider, before, turn.now, { force })
      if (secrets !== before) turn.setPrekeys(secrets)
      offer(turn, device)
    },
  }
}

export type OwnPrekeys = ReturnType<typeof createOwnPrekeys>
