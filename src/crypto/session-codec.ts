import { decodeCanonical, encodeCanonical } from './canonical.ts'
import { readCount } from './envelope.ts'
import { ASSOCIATED_DATA_BYTES, ROOT_KEY_BYTES, SESSION_ID_BYTES } from './handshake.ts'
import { MAX_HANDSHAKE_BYTES } from './handshake-codec.ts'
import { MAX_OLD_CHAINS, MAX_SESSION_BYTES, MAX_SKIPPED_STORED } from './limits.ts'
import { X25519_BYTES } from './provider.ts'
import type { Chain, Ratchet } from './ratchet.ts'
import type { Session } from './session.ts'
import { readBlob, readBytes, readInteger, readList, readNullable, readTuple, readVersion } from './shape.ts'
import type { SkippedChain, SkippedKey } from './skipped-keys.ts'

const VERSION = 1
const CHAIN_KEY_BYTES = 32
/** N u32 | milliseconds u48 | MK 32, big-endian. */
const SKIPPED_KEY_BYTES = 42

const packKeys = (keys: readonly SkippedKey[]): Uint8Array => {
  const packed = new Uint8Array(keys.length * SKIPPED_KEY_BYTES)
  const view = new DataView(packed.buffer)
  keys.forEach(({ count, at, key }, i) => {
    const offset = i * SKIPPED_KEY_BYTES
    view.setUint32(offset, count)
    view.setUint16(offset + 4, Math.floor(at / 2 ** 32))
    view.setUint32(offset + 6, at % 2 ** 32)
    packed.set(key, offset + 10)
  })
  return packed
}

const unpackKeys = (value: unknown): readonly SkippedKey[] => {
  const packed = readBlob(value, MAX_SKIPPED_STORED * SKIPPED_KEY_BYTES, 'skipped keys')
  readInteger(packed.length % SKIPPED_KEY_BYTES, 'skipped keys', { max: 0 })
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length)
  return Array.from({ length: packed.length / SKIPPED_KEY_BYTES }, (_, i) => {
    const offset = i * SKIPPED_KEY_BYTES
    return {
      count: view.getUint32(offset),
      at: view.getUint16(offset + 4) * 2 ** 32 + view.getUint32(offset + 6),
      key: packed.slice(offset + 10, offset + SKIPPED_KEY_BYTES),
    }
  })
}

const readSkippedChain = (value: unknown): SkippedChain => {
  const [publicKey, keys] = readTuple(value, 2, 'skipped chain')
  return { publicKey: readBytes(publicKey, X25519_BYTES, 'ratchet key'), keys: unpackKeys(keys) }
}

const readChain = (value: unknown): Chain => {
  const [key, count] = readTuple(value, 2, 'chain')
  return { key: readBytes(key, CHAIN_KEY_BYTES, 'chain key'), count: readCount(count, 'count') }
}

const readReceiving = (value: unknown): NonNullable<Ratchet['receiving']> => {
  const [publicKey, key, count] = readTuple(value, 3, 'receiving chain')
  return { publicKey: readBytes(publicKey, X25519_BYTES, 'ratchet key'), ...readChain([key, count]) }
}

/**
 * `[1, id, generation, AD, createdAt, null | handshake, messages, RK, [DHs secret, DHs public], null | [CKs, Ns], PN,
 * null | [DHr, CKr, Nr], [[chain's DH public, packed skipped keys]…]]`
 */
export const encodeSession = ({
  id,
  generation,
  associatedData,
  createdAt,
  handshake,
  messages,
  ratchet: { rootKey, own, sending, previousCount, receiving, skipped },
}: Session): Uint8Array =>
  encodeCanonical([
    VERSION,
    id,
    generation,
    associatedData,
    createdAt,
    handshake,
    messages,
    rootKey,
    [own.secret, own.publicKey],
    sending === null ? null : [sending.key, sending.count],
    previousCount,
    receiving === null ? null : [receiving.publicKey, receiving.key, receiving.count],
    skipped.map(({ publicKey, keys }) => [publicKey, packKeys(keys)]),
  ])

/** Throws `document-malformed` or `document-too-large`. */
export const decodeSession = (bytes: Uint8Array): Session => {
  const tuple = readTuple(decodeCanonical(bytes, { maxBytes: MAX_SESSION_BYTES }), 13, 'session')
  readVersion(tuple[0], VERSION, 'session')
  const [, id, generation, associatedData, createdAt, handshake, messages, rootKey, own, ...chains] = tuple
  const [sending, previousCount, receiving, skipped] = chains
  const [secret, publicKey] = readTuple(own, 2, 'ratchet key pair')
  return {
    id: readBytes(id, SESSION_ID_BYTES, 'session id'),
    generation: readCount(generation, 'generation'),
    associatedData: readBytes(associatedData, ASSOCIATED_DATA_BYTES, 'associated data'),
    createdAt: readInteger(createdAt, 'time'),
    handshake: readNullable(handshake, bytes => readBlob(bytes, MAX_HANDSHAKE_BYTES, 'handshake')),
    messages: readInteger(messages, 'messages'),
    ratchet: {
      rootKey: readBytes(rootKey, ROOT_KEY_BYTES, 'root key'),
      own: {
        secret: readBytes(secret, X25519_BYTES, 'ratchet secret'),
        publicKey: readBytes(publicKey, X25519_BYTES, 'ratchet key'),
      },
      sending: readNullable(sending, readChain),
      previousCount: readCount(previousCount, 'previous count'),
      receiving: readNullable(receiving, readReceiving),
      skipped: readList(skipped, MAX_OLD_CHAINS + 1, 'skipped chains').map(readSkippedChain),
    },
  }
}
