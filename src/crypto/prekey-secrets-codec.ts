import { decodeCanonical, encodeCanonical } from './canonical.ts'
import type { KeyPair } from './key-pair.ts'
import { MAX_ONE_TIME_KEYS, MAX_PREKEY_EPOCHS, MAX_PREKEY_SECRETS_BYTES } from './limits.ts'
import type { OneTimeKey, PrekeyEpoch, PrekeySecrets } from './prekey-secrets.ts'
import { ED25519_KEY_BYTES, MLKEM768_PUBLIC_KEY_BYTES, MLKEM768_SEED_BYTES, X25519_BYTES } from './provider.ts'
import { readBytes, readInteger, readList, readTuple, readVersion } from './shape.ts'

const VERSION = 1

/**
 * For the encrypted profile only:
 * `[1, [[epoch, createdAt, secret, public, KEM seed, KEM public]…], [[id, peer, createdAt, secret, public]…], next id]`
 */
export const encodePrekeySecrets = ({ epochs, oneTime, nextOneTimeId }: PrekeySecrets): Uint8Array =>
  encodeCanonical([
    VERSION,
    epochs.map(({ epoch, createdAt, signed, kem }) => [
      epoch,
      createdAt,
      signed.secret,
      signed.publicKey,
      kem.seed,
      kem.publicKey,
    ]),
    oneTime.map(({ id, peer, createdAt, secret, publicKey }) => [id, peer, createdAt, secret, publicKey]),
    nextOneTimeId,
  ])

const readKeyPair = (secret: unknown, publicKey: unknown): KeyPair => ({
  secret: readBytes(secret, X25519_BYTES, 'prekey secret'),
  publicKey: readBytes(publicKey, X25519_BYTES, 'prekey'),
})

const readEpoch = (value: unknown): PrekeyEpoch => {
  const [epoch, createdAt, secret, publicKey, kemSeed, kemPublicKey] = readTuple(value, 6, 'prekey epoch')
  return {
    epoch: readInteger(epoch, 'epoch'),
    createdAt: readInteger(createdAt, 'time'),
    signed: readKeyPair(secret, publicKey),
    kem: {
      seed: readBytes(kemSeed, MLKEM768_SEED_BYTES, 'KEM seed'),
      publicKey: readBytes(kemPublicKey, MLKEM768_PUBLIC_KEY_BYTES, 'KEM key'),
    },
  }
}

const readOneTimeKey = (value: unknown): OneTimeKey => {
  const [id, peer, createdAt, secret, publicKey] = readTuple(value, 5, 'one-time key')
  return {
    id: readInteger(id, 'one-time key id'),
    peer: readBytes(peer, ED25519_KEY_BYTES, 'peer'),
    createdAt: readInteger(createdAt, 'time'),
    ...readKeyPair(secret, publicKey),
  }
}

/** Throws `document-malformed` or `document-too-large`. */
export const decodePrekeySecrets = (bytes: Uint8Array): PrekeySecrets => {
  const value = decodeCanonical(bytes, { maxBytes: MAX_PREKEY_SECRETS_BYTES })
  const [version, epochs, oneTime, nextOneTimeId] = readTuple(value, 4, 'prekeys')
  readVersion(version, VERSION, 'prekeys')
  const readEpochs = readList(epochs, MAX_PREKEY_EPOCHS, 'epochs').map(readEpoch)
  readInteger(readEpochs.length, 'number of epochs', { min: 1 })
  return {
    epochs: readEpochs,
    oneTime: readList(oneTime, MAX_ONE_TIME_KEYS, 'one-time keys').map(readOneTimeKey),
    nextOneTimeId: readInteger(nextOneTimeId, 'next one-time key id'),
  }
}
