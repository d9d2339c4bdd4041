import {
  type Channel,
  type ChannelContext,
  type CryptoProvider,
  createPrekeys,
  createReset,
  type DeviceKeys,
  decodeChannel,
  emptyChannel,
  encodeChannel,
  equalBytes,
  generateDeviceKeys,
  type Opened,
  openFromPeer,
  type PrekeyBundle,
  type PrekeySecrets,
  publicKeysOf,
  publicPrekeys,
  reserveOneTimeKey,
  resetChannel,
  rotatePrekeys,
  sealToPeer,
  spendOneTimeKey,
  utf8,
  verifyPrekeyBundle,
  verifyReset,
  wipe,
} from '../../../src/crypto/index.ts'

export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE

/** A device with one peer: does what the engine does, and stores every state as bytes. */
export interface Actor {
  readonly provider: CryptoProvider
  readonly keys: DeviceKeys
  now: number
  prekeys: PrekeySecrets
  /** What would be on the disk. */
  stored: Uint8Array
  memory: Channel | undefined
  peer: { keys: DeviceKeys; prekeys: PrekeyBundle | undefined } | undefined
}

/** 2026-01-01. */
export const START = 1_767_225_600_000

const createActor = (provider: CryptoProvider): Actor => ({
  provider,
  keys: generateDeviceKeys(provider),
  now: START,
  prekeys: createPrekeys(provider, START),
  stored: encodeChannel(emptyChannel()),
  memory: undefined,
  peer: undefined,
})

/** `to` hears of the prekeys of `from`, straight (with a one-time key) or through others. */
export const sendPrekeys = (from: Actor, to: Actor, { straight = true }: { straight?: boolean } = {}): void => {
  from.prekeys = rotatePrekeys(from.provider, from.prekeys, from.now)
  const device = to.keys.sig.publicKey
  if (straight) from.prekeys = reserveOneTimeKey(from.provider, from.prekeys, device, from.now)
  const bundle = publicPrekeys(from.provider, from.keys, from.prekeys, straight ? { withOneTime: device } : {})
  to.peer = { keys: from.keys, prekeys: verifyPrekeyBundle(to.provider, from.keys.sig.publicKey, bundle) }
}

/** Two devices that know each other and each other's prekeys. */
export const introduce = (provider: CryptoProvider): { alice: Actor; bob: Actor } => {
  const [alice, bob] = [createActor(provider), createActor(provider)]
  sendPrekeys(alice, bob)
  sendPrekeys(bob, alice)
  return { alice, bob }
}

export const contextOf = ({ provider, keys, peer, now }: Actor): ChannelContext => {
  if (peer === undefined) throw new Error('This actor knows nobody')
  return { provider, self: keys, peer: publicKeysOf(peer.keys), now }
}

/** The channel as it lives on in memory, unless the disk has another one (the actor came back from a backup). */
export const channelOf = (actor: Actor): Channel => {
  const { memory, stored } = actor
  return memory !== undefined && equalBytes(encodeChannel(memory), stored) ? memory : decodeChannel(stored)
}

/** Stores, then wipes what is spent: what lives on must not need it. */
const store = (actor: Actor, channel: Channel, spent: readonly Uint8Array[]): void => {
  actor.memory = channel
  actor.stored = encodeChannel(channel)
  wipe(...spent)
  if (!equalBytes(encodeChannel(channel), actor.stored)) throw new Error('Wiped what is still needed')
}

/** Seals, stores and answers the envelope. */
export const seal = (actor: Actor, text: string): Uint8Array => {
  const channel = channelOf(actor)
  const sealed = sealToPeer(contextOf(actor), channel, utf8(text), actor.peer?.prekeys)
  if (!equalBytes(encodeChannel(channel), actor.stored)) throw new Error('Sealing changed the channel in place')
  if (sealed.kind !== 'sealed') throw new Error(sealed.kind)
  store(actor, sealed.channel, sealed.spent)
  return sealed.envelope
}

/** Opens without storing anything, and sees to it that what was given stays as it was. */
export const tryOpen = (actor: Actor, envelope: Uint8Array): Opened => {
  const [channel, given] = [channelOf(actor), envelope.slice()]
  const opened = openFromPeer(contextOf(actor), channel, envelope, actor.prekeys)
  if (!equalBytes(encodeChannel(channel), actor.stored)) throw new Error('Opening changed the channel in place')
  if (!equalBytes(envelope, given)) throw new Error('Opening changed the envelope in place')
  return opened
}

/** Opens, stores and answers the text; or the reason why not, as `(reason)`. */
export const open = (actor: Actor, envelope: Uint8Array): string => {
  const opened = tryOpen(actor, envelope)
  if (opened.kind === 'unopenable') return `(${opened.reason})`
  store(actor, opened.channel, opened.spent)
  if (opened.spentOneTimeKey !== undefined) actor.prekeys = spendOneTimeKey(actor.prekeys, opened.spentOneTimeKey)
  return new TextDecoder().decode(opened.plaintext)
}

/** `to` says that it cannot open `envelope`, and `from` follows. Answers whether that changed anything. */
export const reset = (to: Actor, from: Actor, envelope: Uint8Array): boolean => {
  const statement = createReset(contextOf(to), channelOf(to), envelope)
  const before = channelOf(from)
  const after = resetChannel(before, verifyReset(contextOf(from), statement), from.now)
  from.stored = encodeChannel(after)
  return after !== before
}

/** Says something until it is heard, with resets in between as delivery does it. Throws after three times. */
export const sayUntilHeard = (from: Actor, to: Actor, text: string): void => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const envelope = seal(from, text)
    if (open(to, envelope) === text) return
    reset(to, from, envelope)
  }
  throw new Error(`${text} is not heard`)
}

/** The session that the actor seals with, hex. */
export const sessionOf = (actor: Actor): string => {
  const { current } = channelOf(actor)
  return current === null ? 'none' : Buffer.from(current.id).toString('hex')
}
