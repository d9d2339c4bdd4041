import { utf8, wipe } from './bytes.ts'
import { generateKeyPair, type KeyPair } from './key-pair.ts'
import { MAX_UINT32 } from './limits.ts'
import type { CryptoProvider } from './provider.ts'
import type { SkippedKeys } from './skipped-keys.ts'

/**
 * The keys of the Double Ratchet (Perrin, Marlinspike, revision 1, section 3) as pure state: every step answers a new
 * state and leaves the old one as it was. The new sending key is made when the next message is sealed, not when one is
 * opened (section 8.5), so that it heals from the latest moment and a one-way flow pays for one direction only.
 */
export interface Ratchet {
  /** RK, 32 bytes. */
  readonly rootKey: Uint8Array
  /** DHs. For a responder that has not sent yet: its signed prekey. */
  readonly own: KeyPair
  /** CKs and Ns; null when the peer's newer key waits for an own one. */
  readonly sending: Chain | null
  /** PN: messages in the sending chain before this one. */
  readonly previousCount: number
  /** DHr, CKr and Nr; null until the peer's first message. */
  readonly receiving: (Chain & { readonly publicKey: Uint8Array }) | null
  /** MKSKIPPED. */
  readonly skipped: SkippedKeys
}

export interface Chain {
  /** CK, 32 bytes: the key of the next message. */
  readonly key: Uint8Array
  /** Number of the next message. */
  readonly count: number
}

/** What a message says about its key. */
export interface RatchetHeader {
  /** DH pub, 32 bytes. */
  readonly publicKey: Uint8Array
  /** PN. */
  readonly previousCount: number
  /** N. */
  readonly count: number
}

const ROOT_INFO = utf8('lanyard/ratchet/root/1')
const MESSAGE_KEY = Uint8Array.of(1)
const NEXT_CHAIN_KEY = Uint8Array.of(2)

/** RK, CK = HKDF(ikm = dh, salt = RK). Wipes `dh`. */
export const stepRoot = (
  provider: CryptoProvider,
  rootKey: Uint8Array,
  dh: Uint8Array,
): { rootKey: Uint8Array; chainKey: Uint8Array } => {
  const keys = provider.hkdfSha256(dh, rootKey, ROOT_INFO, 64)
  const stepped = { rootKey: keys.slice(0, 32), chainKey: keys.slice(32) }
  wipe(dh, keys)
  return stepped
}

/** MK = HMAC(CK, 1). */
export const messageKeyOf = (provider: CryptoProvider, chainKey: Uint8Array): Uint8Array =>
  provider.hmacSha256(chainKey, MESSAGE_KEY)

/** CK' = HMAC(CK, 2). */
export const nextChainKey = (provider: CryptoProvider, chainKey: Uint8Array): Uint8Array =>
  provider.hmacSha256(chainKey, NEXT_CHAIN_KEY)

/** The initiator can send at once: its first ratchet step is against the responder's signed prekey. Wipes nothing. */
export const initiatorRatchet = (provider: CryptoProvider, rootKey: Uint8Array, signedPrekey: Uint8Array): Ratchet => {
  const own = generateKeyPair(provider)
  const stepped = stepRoot(provider, rootKey, provider.x25519(own.secret, signedPrekey))
  return {
    rootKey: stepped.rootKey,
    own,
    sending: { key: stepped.chainKey, count: 0 },
    previousCount: 0,
    receiving: null,
    skipped: [],
  }
}

/** The responder's first ratchet key is its signed prekey; it can send after the first message came. */
export const responderRatchet = (rootKey: Uint8Array, signedPrekey: KeyPair): Ratchet => ({
  rootKey,
  own: { secret: signedPrekey.secret.slice(), publicKey: signedPrekey.publicKey },
  sending: null,
  previousCount: 0,
  receiving: null,
  skipped: [],
})

export interface SendingStep {
  readonly ratchet: Ratchet
  readonly header: RatchetHeader
  /** MK, 32 bytes. */
  readonly messageKey: Uint8Array
  /** Secrets of the old state that the new one no longer holds. */
  readonly spent: readonly Uint8Array[]
}

/** The key of the next message to send. */
export const stepSending = (provider: CryptoProvider, before: Ratchet): SendingStep => {
  const { ratchet, sending, spent } =
    before.sending === null ? startSending(provider, before) : { ratchet: before, sending: before.sending, spent: [] }
  if (sending.count >= MAX_UINT32) throw new RangeError('The sending chain is at its end')
  return {
    ratchet: { ...ratchet, sending: { key: nextChainKey(provider, sending.key), count: sending.count + 1 } },
    header: { publicKey: ratchet.own.publicKey, previousCount: ratchet.previousCount, count: sending.count },
    messageKey: messageKeyOf(provider, sending.key),
    spent: [...spent, sending.key],
  }
}

const startSending = (
  provider: CryptoProvider,
  before: Ratchet,
): { ratchet: Ratchet; sending: Chain; spent: readonly Uint8Array[] } => {
  if (before.receiving === null) throw new TypeError('A responder cannot send before the first message came')
  const own = generateKeyPair(provider)
  const shared = provider.x25519(own.secret, before.receiving.publicKey)
  const { rootKey, chainKey } = stepRoot(provider, before.rootKey, shared)
  return {
    ratchet: { ...before, rootKey, own },
    sending: { key: chainKey, count: 0 },
    spent: [before.rootKey, before.own.secret],
  }
}
