import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import type { PeerId, PublicKey } from '@libp2p/interface'
import { peerIdFromPublicKey, peerIdFromString } from '@libp2p/peer-id'
import { fromHex, toHex } from '../../crypto/index.ts'
import type { DeviceId } from '../../shared/ids.ts'

/** A device is its Ed25519 key; libp2p names the same key by a PeerId. Only this file knows both. */
export const deviceOf = (peerId: PeerId): DeviceId | undefined =>
  peerId.type === 'Ed25519' ? (toHex(peerId.publicKey.raw) as DeviceId) : undefined

export const deviceOfKey = (key: PublicKey): DeviceId | undefined =>
  key.type === 'Ed25519' ? (toHex(key.raw) as DeviceId) : undefined

export const peerIdOf = (device: DeviceId): PeerId => peerIdFromPublicKey(publicKeyFromRaw(fromHex(device)))

/** Undefined when the text is no Ed25519 peer id: it came from an unauthenticated packet. */
export const deviceOfPeerText = (peer: string): DeviceId | undefined => {
  try {
    return deviceOf(peerIdFromString(peer))
  } catch (error) {
    if (error instanceof Error) return undefined // libp2p has no total parser: not an id is an answer here
    throw error
  }
}
