/**
 * What one message costs in the pairwise encryption: 200 bytes from one device to another, on both backends. The baseline
 * is one AEAD seal and open of the same bytes by the same backend.
 */
import {
  type Channel,
  type ChannelContext,
  type CryptoProvider,
  createPrekeys,
  decodeChannel,
  emptyChannel,
  encodeChannel,
  generateDeviceKeys,
  nobleProvider,
  noteAcknowledged,
  openFromPeer,
  publicKeysOf,
  publicPrekeys,
  sealToPeer,
  verifyPrekeyBundle,
} from '../src/crypto/index.ts'
import { createNativeProvider } from '../src/engine/native-crypto.ts'
import { type Row, report, row } from './harness.ts'

const PLAINTEXT = new Uint8Array(200).fill(0x61)
const BATCHES = 30
const ONE_WAY = 100
const TURNS = 10

/** Microseconds for one of `count` pieces of work, in each batch; the first batch warms up. */
const measure = (count: number, work: () => void): readonly number[] =>
  Array.from({ length: BATCHES + 1 }, () => {
    const start = performance.now()
    for (let i = 0; i < count; i++) work()
    return ((performance.now() - start) * 1_000) / count
  }).slice(1)

const rowsOf = (provider: CryptoProvider): Row[] => {
  const now = Date.now()
  const [alice, bob] = [generateDeviceKeys(provider), generateDeviceKeys(provider)]
  const prekeys = createPrekeys(provider, now)
  const bundle = verifyPrekeyBundle(provider, bob.sig.publicKey, publicPrekeys(provider, bob, prekeys))
  const toBob: ChannelContext = { provider, self: alice, peer: publicKeysOf(bob), now }
  const toAlice: ChannelContext = { provider, self: bob, peer: publicKeysOf(alice), now }

  const seal = (context: ChannelContext, channel: Channel) => {
    const sealed = sealToPeer(context, channel, PLAINTEXT, bundle)
    if (sealed.kind !== 'sealed') throw new Error(sealed.kind)
    return sealed
  }
  const open = (context: ChannelContext, channel: Channel, envelope: Uint8Array) => {
    const opened = openFromPeer(context, channel, envelope, prekeys)
    if (opened.kind !== 'opened') throw new Error(opened.reason)
    return opened.channel
  }

  const handshake = measure(1, () => {
    open(toAlice, emptyChannel(), seal(toBob, emptyChannel()).envelope)
  })

  const first = seal(toBob, emptyChannel())
  let ofAlice = noteAcknowledged(first.channel, first.envelope)
  let ofBob = open(toAlice, emptyChannel(), first.envelope)
  const envelopes: Uint8Array[] = []
  const sealing = measure(ONE_WAY, () => {
    const { channel, envelope } = seal(toBob, ofAlice)
    ofAlice = channel
    envelopes.push(envelope)
  })
  let next = 0
  const opening = measure(ONE_WAY, () => {
    ofBob = open(toAlice, ofBob, envelopes[next++] ?? PLAINTEXT)
  })
  let turn = 0
  const pingPong = measure(TURNS, () => {
    if (turn++ % 2 === 0) {
      const { channel, envelope } = seal(toAlice, ofBob)
      ofBob = channel
      ofAlice = open(toBob, ofAlice, envelope)
    } else {
      const { channel, envelope } = seal(toBob, ofAlice)
      ofAlice = channel
      ofBob = open(toAlice, ofBob, envelope)
    }
  })
  const stored = encodeChannel(ofBob)
  const [key, nonce] = [new Uint8Array(32), new Uint8Array(12)]
  const bare = measure(ONE_WAY, () => {
    provider.aeadOpen(key, nonce, nonce, provider.aeadSeal(key, nonce, nonce, PLAINTEXT))
  })
  const baseline = row('', '', bare).median
  const named = (name: string, values: readonly number[]) => row(`${provider.name}: ${name}`, 'µs', values, baseline)
  return [
    named('seal, one way', sealing),
    named('open, one way', opening),
    named('seal and open, each message a turn', pingPong),
    named('first message: both sides of the handshake', handshake),
    named(
      'encode a channel',
      measure(ONE_WAY, () => encodeChannel(ofBob)),
    ),
    named(
      'decode a channel',
      measure(ONE_WAY, () => decodeChannel(stored)),
    ),
  ]
}

report([nobleProvider, createNativeProvider()].flatMap(rowsOf))
