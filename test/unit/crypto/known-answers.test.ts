import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answerHandshake, initiateHandshake } from '../../../src/crypto/handshake.ts'
import { encodeHandshake } from '../../../src/crypto/handshake-codec.ts'
import {
  createPrekeys,
  encodeDeviceKeys,
  encodePrekeySecrets,
  generateDeviceKeys,
  publicKeysOf,
  publicPrekeys,
  reserveOneTimeKey,
  toHex,
  verifyPrekeyBundle,
} from '../../../src/crypto/index.ts'
import type { CryptoProvider } from '../../../src/crypto/provider.ts'
import { backends } from '../../helpers/crypto-backends.ts'
import { unsafeTestingPredictableRandomness } from '../../helpers/unsafe-testing-randomness.ts'
import { DAY, introduce, open, reset, START, seal, sendPrekeys } from './actors.ts'

const vectorFile = (name: string) => new URL(`../../vectors/lanyard-${name}.json`, import.meta.url)

/** Compares with the frozen file, or writes it where that is asked for. */
const expectFrozen = (name: string, computed: unknown) => {
  const file = vectorFile(name)
  if (process.env.LANYARD_WRITE_VECTORS === '1') writeFileSync(file, `${JSON.stringify(computed, undefined, 2)}\n`)
  expect(existsSync(file)).toBe(true)
  expect(computed).toEqual(JSON.parse(readFileSync(file, 'utf8')))
}

const hexOf = (values: Record<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, bytes]) => [name, toHex(bytes)]))

const handshakes = (provider: CryptoProvider) => {
  const [alice, bob] = [generateDeviceKeys(provider), generateDeviceKeys(provider)]
  const prekeys = reserveOneTimeKey(provider, createPrekeys(provider, START), alice.sig.publicKey, START)
  return [true, false].map(withOneTime => {
    const bundle = publicPrekeys(provider, bob, prekeys, withOneTime ? { withOneTime: alice.sig.publicKey } : {})
    const initiated = initiateHandshake({
      provider,
      self: alice,
      peer: publicKeysOf(bob),
      prekeys: verifyPrekeyBundle(provider, bob.sig.publicKey, bundle),
      withOneTime,
    })
    const { header } = initiated
    const answered = answerHandshake({ provider, self: bob, peer: publicKeysOf(alice), header, prekeys })
    expect(answered?.rootKey).toEqual(initiated.rootKey)
    expect(answered?.associatedData).toEqual(initiated.associatedData)
    expect(answered?.sessionId).toEqual(initiated.sessionId)
    return {
      withOneTime,
      ...hexOf({
        aliceKeys: encodeDeviceKeys(alice),
        bobKeys: encodeDeviceKeys(bob),
        bobPrekeySecrets: encodePrekeySecrets(prekeys),
        bobBundle: bundle,
        handshake: encodeHandshake(header),
        associatedData: initiated.associatedData,
        rootKey: initiated.rootKey,
        sessionId: initiated.sessionId,
      }),
    }
  })
}

/** Each step: what was written, the envelope, and both states after it (a hash of Alice's and Bob's stored channel). */
const conversation = (provider: CryptoProvider) => {
  const { alice, bob } = introduce(provider)
  const names = new Map([
    [alice, 'alice'],
    [bob, 'bob'],
  ])
  const steps: Record<string, string>[] = []
  const note = (from: typeof alice, text: string, envelope: Uint8Array) =>
    steps.push({
      from: names.get(from) ?? '',
      text,
      envelope: toHex(envelope),
      aliceState: toHex(provider.sha256(alice.stored)),
      bobState: toHex(provider.sha256(bob.stored)),
    })
  const say = (from: typeof alice, to: typeof alice, text: string) => {
    const envelope = seal(from, text)
    expect(open(to, envelope)).toBe(text)
    note(from, text, envelope)
  }
  say(alice, bob, 'the first message')
  say(alice, bob, 'the handshake again')
  say(bob, alice, 'an answer')
  const late = seal(alice, 'overtaken')
  say(alice, bob, 'overtaking')
  expect(open(bob, late)).toBe('overtaken')
  note(alice, 'overtaken', late)
  say(bob, alice, 'Grüße, 世界')
  for (const actor of [alice, bob]) actor.now += 7 * DAY
  sendPrekeys(bob, alice, { straight: false })
  say(alice, bob, 'renewed after seven days')
  say(bob, alice, 'in the new session')
  reset(bob, alice, seal(alice, 'not opened'))
  say(alice, bob, 'after a reset')
  return { steps, alice: toHex(alice.stored), bob: toHex(bob.stored) }
}

describe.each(backends)('frozen known answers on $name', backend => {
  test('the handshake, with and without a one-time key', () => {
    expectFrozen('handshake', handshakes(unsafeTestingPredictableRandomness(backend, 'lanyard handshake vectors')))
  })

  test('a conversation over a channel', () => {
    expectFrozen('channel', conversation(unsafeTestingPredictableRandomness(backend, 'lanyard channel vectors')))
  })
})
