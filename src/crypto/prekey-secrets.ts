import { equalBytes } from './bytes.ts'
import { generateKeyPair, type KeyPair } from './key-pair.ts'
import { MAX_ONE_TIME_KEYS, MAX_PREKEY_EPOCHS, PREKEY_GRACE, PREKEY_ROTATION } from './limits.ts'
import type { CryptoProvider } from './provider.ts'

/** One week's prekeys with their private parts. */
export interface PrekeyEpoch {
  /** Grows with every rotation, also after a profile came back from a backup: seconds since 1970 at the least. */
  readonly epoch: number
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly signed: KeyPair
  /** ML-KEM-768: seed 64 bytes, public key 1,184 bytes. */
  readonly kem: { readonly seed: Uint8Array; readonly publicKey: Uint8Array }
}

/** A key for one handshake of one peer; reserved, so that two peers never get the same. */
export interface OneTimeKey extends KeyPair {
  readonly id: number
  /** The device it is reserved for: Ed25519 public key. */
  readonly peer: Uint8Array
  readonly createdAt: number
}

/** The private side of a device's prekeys. Never changed in place. */
export interface PrekeySecrets {
  /** Newest first, never empty. */
  readonly epochs: readonly PrekeyEpoch[]
  /** Oldest first. */
  readonly oneTime: readonly OneTimeKey[]
  readonly nextOneTimeId: number
}

const createEpoch = (provider: CryptoProvider, now: number, after: number): PrekeyEpoch => ({
  epoch: Math.max(after + 1, Math.floor(now / 1_000)),
  createdAt: now,
  signed: generateKeyPair(provider),
  kem: provider.mlkem768Keygen(),
})

export const createPrekeys = (provider: CryptoProvider, now: number): PrekeySecrets => ({
  epochs: [createEpoch(provider, now, 0)],
  oneTime: [],
  nextOneTimeId: 1,
})

export const currentEpoch = ({ epochs }: PrekeySecrets): PrekeyEpoch => {
  const [newest] = epochs
  if (newest === undefined) throw new TypeError('Prekeys without an epoch')
  return newest
}

/**
 * New prekeys every 7 days, private parts gone 30 days after they were superseded. Answers the same object when
 * nothing is due. `force` makes new ones at once: after a message came for prekeys that this device does not have
 * (its profile came back from a backup), or when the replay guard is full.
 */
export const rotatePrekeys = (
  provider: CryptoProvider,
  secrets: PrekeySecrets,
  now: number,
  { force = false }: { force?: boolean } = {},
): PrekeySecrets => {
  const newest = currentEpoch(secrets)
  const due = force || now - newest.createdAt >= PREKEY_ROTATION
  const isAlive = ({ createdAt }: { createdAt: number }) => now - createdAt < PREKEY_ROTATION + PREKEY_GRACE
  const older = (due ? secrets.epochs : secrets.epochs.slice(1)).filter(isAlive)
  const oneTime = secrets.oneTime.filter(isAlive)
  const isSame = older.length === secrets.epochs.length - 1 && oneTime.length === secrets.oneTime.length
  if (!due && isSame) return secrets
  const first = due ? createEpoch(provider, now, newest.epoch) : newest
  return { ...secrets, epochs: [first, ...older].slice(0, MAX_PREKEY_EPOCHS), oneTime }
}

/** The newest one-time key reserved for this peer. */
export const reservedOneTimeKey = (secrets: PrekeySecrets, peer: Uint8Array): OneTimeKey | undefined =>
  secrets.oneTime.findLast(key => equalBytes(key.peer, peer))

/**
 * Sees to it that this peer (Ed25519 public key) has a one-time key of its own, not older than 7 days. Answers the
 * same object when it has; otherwise store the answer before the public part goes out.
 */
export const reserveOneTimeKey = (
  provider: CryptoProvider,
  secrets: PrekeySecrets,
  peer: Uint8Array,
  now: number,
): PrekeySecrets => {
  const reserved = reservedOneTimeKey(secrets, peer)
  if (reserved !== undefined && now - reserved.createdAt < PREKEY_ROTATION) return secrets
  const key: OneTimeKey = { ...generateKeyPair(provider), id: secrets.nextOneTimeId, peer, createdAt: now }
  return {
    ...secrets,
    oneTime: [...secrets.oneTime, key].slice(-MAX_ONE_TIME_KEYS),
    nextOneTimeId: secrets.nextOneTimeId + 1,
  }
}

/** Forgets a one-time key: in the same transaction as the session that it opened. */
export const spendOneTimeKey = (secrets: PrekeySecrets, id: number): PrekeySecrets => ({
  ...secrets,
  oneTime: secrets.oneTime.filter(key => key.id !== id),
})
