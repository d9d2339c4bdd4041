import type { PrivateKey } from '@libp2p/interface'
import { PeerRecord as AddressesOfPeer, RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { equalBytes } from '../../crypto/index.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { isAddress, isLinkLocal, isUnicast } from '../multiaddrs.ts'
import { deviceOf, peerIdOf } from '../node/peer-ids.ts'
import { MAX_RECORD_ADDRESSES, MAX_RECORD_BYTES, MIN_RECORD_PORT } from './constants.ts'

/** Where a device says that it listens, signed by itself: a libp2p signed peer record (libp2p RFC 0002 and 0003). */
export interface PeerRecord {
  device: DeviceId
  /** Milliseconds since 1970 by the device's own clock; of two records the higher one is valid. */
  seq: number
  /** Multiaddrs without the peer id. */
  addresses: readonly string[]
  /** The signed envelope, as it is passed on. */
  bytes: Uint8Array
}

/** Read, not yet believed. */
export interface ClaimedRecord extends PeerRecord {
  isSignedByItsDevice(): Promise<boolean>
}

/** No peer record of a Lanyard device, whoever signed it. */
export class MalformedRecordError extends Error {
  override readonly name = 'MalformedRecordError'
}

/** Whether a colleague anywhere in the organisation may be told of an address. */
export const isTellable = (address: string): boolean =>
  isAddress(address) &&
  isUnicast(address) &&
  !isLinkLocal(address) &&
  Number(address.split('/').at(-1)) >= MIN_RECORD_PORT

/** Signs where we listen. `seq` in milliseconds since 1970. */
export const sealPeerRecord = async (
  privateKey: PrivateKey,
  device: DeviceId,
  addresses: readonly string[],
  seq: number,
): Promise<PeerRecord> => {
  const told = addresses.filter(isTellable).slice(0, MAX_RECORD_ADDRESSES)
  const record = new AddressesOfPeer({
    peerId: peerIdOf(device),
    multiaddrs: told.map(address => multiaddr(address)),
    seqNumber: BigInt(seq),
  })
  const bytes = (await RecordEnvelope.seal(record, privateKey)).marshal()
  return { device, seq, addresses: told, bytes }
}

const parse = (bytes: Uint8Array): ClaimedRecord => {
  const envelope = RecordEnvelope.createFromProtobuf(bytes)
  const { peerId, seqNumber, multiaddrs } = AddressesOfPeer.createFromProtobuf(envelope.payload)
  const device = deviceOf(peerId)
  if (device === undefined) throw new Error('of no Ed25519 key')
  if (!equalBytes(envelope.payloadType, AddressesOfPeer.CODEC)) throw new Error('of another type')
  if (!peerIdOf(device).publicKey?.equals(envelope.publicKey)) throw new Error('signed by somebody else')
  if (seqNumber > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error('of a number beyond all time')
  if (multiaddrs.length > MAX_RECORD_ADDRESSES) throw new Error('of too many addresses')
  return {
    device,
    seq: Number(seqNumber),
    // kinds of addresses that later versions may tell of are left out, they are no offence
    addresses: [...new Set(multiaddrs.map(String).filter(isTellable))],
    bytes: envelope.marshal(), // without what somebody may have added outside the signature
    // what cannot even be a signature is an error to libp2p, and an answer to us
    isSignedByItsDevice: async () =>
      await Promise.resolve(envelope.validate(AddressesOfPeer.DOMAIN)).catch(() => false),
  }
}

/** Throws MalformedRecordError. */
export const readPeerRecord = (bytes: Uint8Array): ClaimedRecord => {
  if (bytes.length > MAX_RECORD_BYTES)
    throw new MalformedRecordError(`A record of ${bytes.length} bytes where ${MAX_RECORD_BYTES} are allowed`)
  try {
    return parse(bytes)
  } catch (cause) {
    throw new MalformedRecordError('Not a peer record', { cause })
  }
}
