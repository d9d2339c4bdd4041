import {
  type CryptoProvider,
  type DeviceKeys,
  type DevicePublicKeys,
  emptyChannel,
  openFromPeer,
} from '../../crypto/index.ts'
import { isLanyardError } from '../../shared/errors.ts'
import type { DeviceId, EnvelopeId } from '../../shared/ids.ts'
import { type DecodedContent, decodeContent } from './content.ts'
import type { Incoming, Verdict } from './incoming.ts'
import type { OwnPrekeys } from './own-prekeys.ts'
import type { Resets } from './resets.ts'
import type { Turn } from './turn.ts'
import type { Directory, DropReason } from './types.ts'

export interface ReceivingInit {
  provider: CryptoProvider
  keys: DeviceKeys
  directory: Directory
  incoming: Incoming
  resets: Resets
  ownPrekeys: OwnPrekeys
  drop(device: DeviceId, reason: DropReason, detail: string): void
}

/** Undefined for what no honest device writes. */
const readContent = (bytes: Uint8Array): DecodedContent | undefined => {
  try {
    return decodeContent(bytes)
  } catch (error) {
    if (isLanyardError(error)) return undefined
    throw error
  }
}

/**
 * The way in: an envelope is opened, taken over and remembered in one transaction, and acknowledged after it. The same
 * envelope again is acknowledged again and changes nothing.
 */
export const createReceiving = ({ provider, keys, directory, incoming, resets, ownPrekeys, drop }: ReceivingInit) => {
  /** Ids of one device grow: above the highest that was ever stored there is nothing to look for. */
  const highest = new Map<DeviceId, EnvelopeId>()

  const isSeen = (turn: Turn, device: DeviceId, id: EnvelopeId): boolean => {
    const known = highest.get(device)
    if (known !== undefined && id > known) return false
    return turn.tx.get('SELECT 1 FROM seen_envelopes WHERE device_id = ? AND id = ?', device, id) !== undefined
  }

  const see = (turn: Turn, device: DeviceId, id: EnvelopeId) => {
    turn.tx.run('INSERT INTO seen_envelopes (device_id, id, at) VALUES (?, ?, ?)', device, id, turn.now)
    const known = highest.get(device) ?? highestSeen(turn, device)
    highest.set(device, id > known ? id : known)
  }

  const highestSeen = (turn: Turn, device: DeviceId): EnvelopeId =>
    turn.tx.get<{ id: EnvelopeId }>('SELECT max(id) AS id FROM seen_envelopes WHERE device_id = ?', device)?.id ??
    ('' as EnvelopeId)

  const open = (turn: Turn, device: DeviceId, peer: DevicePublicKeys, sealed: Uint8Array): Uint8Array | undefined => {
    const context = { provider, self: keys, peer, now: turn.now }
    const opened = openFromPeer(context, turn.channel(device) ?? emptyChannel(), sealed, turn.prekeys())
    if (opened.kind === 'unopenable') {
      if (opened.resetHelps) resets.ask(turn, device, sealed, opened.reason)
      turn.after(() => drop(device, 'unopenable', opened.reason))
      return undefined
    }
    turn.setChannel(device, opened.channel)
    turn.wipeLater(opened.spent)
    if (opened.spentOneTimeKey !== undefined) ownPrekeys.spend(turn, device, opened.spentOneTimeKey)
    return opened.plaintext
  }

  return {
    receive(turn: Turn, device: DeviceId, id: EnvelopeId, sealed: Uint8Array): void {
      const author = directory.personOf(device)
      const peer = directory.keysOf(device)
      if (author === undefined || peer === undefined) {
        turn.after(() => drop(device, 'unlisted', 'envelope'))
        return
      }
      if (isSeen(turn, device, id)) {
        turn.acknowledge(device, id)
        return
      }
      const plaintext = open(turn, device, peer, sealed)
      if (plaintext === undefined) return
      see(turn, device, id)
      const content = readContent(plaintext)
      const verdict: Verdict = content === undefined ? 'refused' : incoming.apply(turn, device, author, content)
      if (verdict === 'refused') turn.refuse(device, id)
      else turn.acknowledge(device, id)
      if (verdict !== 'taken') {
        const reason = verdict === 'refused' ? 'unacceptable' : 'unknown-kind'
        turn.after(() => drop(device, reason, content?.kind ?? 'content'))
      }
    },
  }
}

export type Receiving = ReturnType<typeof createReceiving>
