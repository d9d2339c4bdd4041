import { describe, expect, test } from 'vitest'
import {
  createPrekeys,
  decodePrekeySecrets,
  encodeCanonical,
  encodePrekeySecrets,
  generateDeviceKeys,
  publicPrekeys,
  reserveOneTimeKey,
  rotatePrekeys,
  sign,
  spendOneTimeKey,
  verifyPrekeyBundle,
} from '../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import { DAY, START } from './actors.ts'

const provider = createNativeProvider()
const bob = generateDeviceKeys(provider)
const [alice, carol] = [generateDeviceKeys(provider).sig.publicKey, generateDeviceKeys(provider).sig.publicKey]

const epochsOf = (secrets: { epochs: readonly { epoch: number }[] }) => secrets.epochs.map(({ epoch }) => epoch)

describe('prekeys', () => {
  test('are new every 7 days, and their private parts are gone 30 days after', () => {
    const first = createPrekeys(provider, START)
    expect(rotatePrekeys(provider, first, START + 7 * DAY - 1)).toBe(first)
    let secrets = first
    for (let day = 1; day <= 36; day++) secrets = rotatePrekeys(provider, secrets, START + day * DAY)
    expect(secrets.epochs).toHaveLength(6)
    expect(epochsOf(secrets)).toContain(epochsOf(first)[0])
    secrets = rotatePrekeys(provider, secrets, START + 37 * DAY)
    expect(epochsOf(secrets)).not.toContain(epochsOf(first)[0])
    expect(epochsOf(secrets)).toEqual(epochsOf(secrets).toSorted((a, b) => b - a))
  })

  test('the newest stay, however far the clock jumps', () => {
    const secrets = createPrekeys(provider, START)
    const later = rotatePrekeys(provider, secrets, START + 4_000 * DAY)
    expect(later.epochs).toHaveLength(1)
    expect(rotatePrekeys(provider, later, START)).toBe(later)
    const forced = rotatePrekeys(provider, later, START, { force: true })
    expect(epochsOf(forced)[0]).toBeGreaterThan(epochsOf(later)[0] ?? 0)
  })

  test('epochs grow also when the profile came back from a backup', () => {
    const backup = createPrekeys(provider, START)
    const lost = rotatePrekeys(provider, backup, START + 8 * DAY)
    const restored = rotatePrekeys(provider, backup, START + 9 * DAY)
    expect(epochsOf(restored)[0]).toBeGreaterThan(epochsOf(lost)[0] ?? 0)
  })

  test('a one-time key is reserved for one peer, and gone once it is spent', () => {
    const secrets = createPrekeys(provider, START)
    const both = reserveOneTimeKey(provider, reserveOneTimeKey(provider, secrets, alice, START), carol, START)
    expect(reserveOneTimeKey(provider, both, alice, START + DAY)).toBe(both)
    const read = (withOneTime: Uint8Array) =>
      verifyPrekeyBundle(provider, bob.sig.publicKey, publicPrekeys(provider, bob, both, { withOneTime })).oneTime
    expect(read(alice)?.publicKey).not.toEqual(read(carol)?.publicKey)
    expect(read(bob.sig.publicKey)).toBe(null)
    const spent = spendOneTimeKey(both, read(alice)?.id ?? -1)
    expect(spent.oneTime.map(({ peer }) => peer)).toEqual([carol])
    // after a week the peer gets a fresh one, and the old one still opens what is under way
    expect(reserveOneTimeKey(provider, both, alice, START + 7 * DAY).oneTime).toHaveLength(3)
  })

  test('are stored and read back', () => {
    const secrets = reserveOneTimeKey(provider, createPrekeys(provider, START), alice, START)
    expect(decodePrekeySecrets(encodePrekeySecrets(secrets))).toEqual(secrets)
  })
})

describe('a prekey bundle', () => {
  const secrets = createPrekeys(provider, START)
  const bundle = publicPrekeys(provider, bob, secrets)

  test('is read by who knows the device', () => {
    const [epoch] = secrets.epochs
    expect(verifyPrekeyBundle(provider, bob.sig.publicKey, bundle)).toEqual({
      epoch: epoch?.epoch,
      createdAt: START,
      signed: epoch?.signed.publicKey,
      kem: epoch?.kem.publicKey,
      oneTime: null,
    })
  })

  test('of another device is refused', () => {
    expect(() => verifyPrekeyBundle(provider, alice, bundle)).toThrow(
      expect.objectContaining({ code: 'signature-missing' }),
    )
  })

  test('is refused with any byte changed', () => {
    for (let at = 0; at < bundle.length; at += 7) {
      const changed = bundle.with(at, (bundle[at] ?? 0) ^ 0x10)
      expect(() => verifyPrekeyBundle(provider, bob.sig.publicKey, changed)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^(signature-missing|document-malformed)$/) }),
      )
    }
  })

  test('with a signature for another purpose is refused', () => {
    const inner = encodeCanonical([1, bob.sig.publicKey, 1, 1, new Uint8Array(32), new Uint8Array(1_184), null])
    const outer = encodeCanonical([inner, sign(provider, bob.sig.seed, 'lanyard/reset/1', inner)])
    expect(() => verifyPrekeyBundle(provider, bob.sig.publicKey, outer)).toThrow(
      expect.objectContaining({ code: 'signature-missing' }),
    )
  })
})
