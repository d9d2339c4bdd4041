import { describe, expect, test } from 'vitest'
import { nobleProvider } from '../../../src/crypto/index.ts'
import { generateKeyPair } from '../../../src/crypto/key-pair.ts'
import {
  initiatorRatchet,
  type Ratchet,
  type RatchetHeader,
  responderRatchet,
  stepSending,
} from '../../../src/crypto/ratchet.ts'
import { stepReceiving } from '../../../src/crypto/ratchet-receive.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import { DAY, START } from './actors.ts'

const provider = createNativeProvider()

/** Alice and Bob as bare ratchets. */
const begin = () => {
  const [rootKey, signedPrekey] = [new Uint8Array(32).fill(1), generateKeyPair(provider)]
  return {
    alice: initiatorRatchet(provider, rootKey, signedPrekey.publicKey),
    bob: responderRatchet(rootKey, signedPrekey),
  }
}

interface Letter {
  readonly header: RatchetHeader
  readonly messageKey: Uint8Array
}

/** The next `count` messages of a ratchet. */
const write = (before: Ratchet, count: number): { ratchet: Ratchet; letters: readonly Letter[] } => {
  let ratchet = before
  const letters = Array.from({ length: count }, () => {
    const step = stepSending(provider, ratchet)
    ratchet = step.ratchet
    return step
  })
  return { ratchet, letters }
}

const only = (letters: readonly Letter[], index = letters.length - 1): Letter => {
  const letter = letters[index]
  if (letter === undefined) throw new Error('No such letter')
  return letter
}

/** Receives, checks the key, and answers the next state; or the reason of a refusal. */
const receive = (ratchet: Ratchet, { header, messageKey }: Letter, now = START): Ratchet | string => {
  const step = stepReceiving(provider, ratchet, header, now)
  if (step.kind === 'refused') return step.reason
  expect(step.messageKey).toEqual(messageKey)
  return step.ratchet
}

const received = (ratchet: Ratchet, letter: Letter, now = START): Ratchet => {
  const next = receive(ratchet, letter, now)
  if (typeof next === 'string') throw new Error(next)
  return next
}

const storedKeys = ({ skipped }: Ratchet): number => skipped.reduce((sum, { keys }) => sum + keys.length, 0)

describe('the bounds of the ratchet', () => {
  test('1,000 missing messages are stepped over, 1,001 are not', () => {
    const { alice, bob } = begin()
    const { letters } = write(alice, 1_002)
    expect(receive(bob, only(letters, 1_001))).toBe('too-far-ahead')
    const next = received(bob, only(letters, 1_000))
    expect(storedKeys(next)).toBe(1_000)
    expect(storedKeys(received(next, only(letters, 0)))).toBe(999)
  })

  test('what is missing of the old chain and of the new one counts together', () => {
    const { alice, bob } = begin()
    const first = write(alice, 600)
    const answered = write(received(bob, only(first.letters, 0)), 1)
    const second = write(received(first.ratchet, only(answered.letters)), 600)
    expect(receive(answered.ratchet, only(second.letters, 402))).toBe('too-far-ahead')
    expect(storedKeys(received(answered.ratchet, only(second.letters, 401)))).toBe(1_000)
  })

  test('2,000 keys are kept, and the oldest go first', () => {
    const { alice, bob } = begin()
    const { letters } = write(alice, 3_003)
    const late = [1_000, 2_001, 3_002].reduce((ratchet, index) => received(ratchet, only(letters, index)), bob)
    expect(storedKeys(late)).toBe(2_000)
    expect(receive(late, only(letters, 999))).toBe('duplicate')
    expect(typeof receive(late, only(letters, 1_001))).toBe('object')
  })

  test('keys of five chains before the present one are kept', () => {
    let { alice, bob } = begin()
    const missing: Letter[] = []
    for (let chain = 0; chain < 7; chain++) {
      const sent = write(alice, 2)
      missing.push(only(sent.letters, 0))
      const answer = write(received(bob, only(sent.letters, 1)), 1)
      bob = answer.ratchet
      alice = received(sent.ratchet, only(answer.letters))
    }
    expect(bob.skipped).toHaveLength(6)
    expect(typeof receive(bob, only(missing, 1))).toBe('object')
    // the chain is forgotten, and the message looks like one of a new chain: its key is not the right one
    const step = stepReceiving(provider, bob, only(missing, 0).header, START)
    expect(step.kind === 'key' && step.messageKey).not.toEqual(only(missing, 0).messageKey)
  })

  test('a missing message is waited for 30 days', () => {
    const { alice, bob } = begin()
    const { letters } = write(alice, 3)
    const next = received(bob, only(letters, 2))
    expect(typeof receive(next, only(letters, 0), START + 30 * DAY - 1)).toBe('object')
    expect(receive(next, only(letters, 0), START + 30 * DAY)).toBe('duplicate')
  })

  test('a ratchet key of small order is refused', () => {
    const { bob } = begin()
    const header = { publicKey: new Uint8Array(32), previousCount: 0, count: 0 }
    for (const backend of [provider, nobleProvider])
      expect(stepReceiving(backend, bob, header, START)).toEqual({ kind: 'refused', reason: 'not-authentic' })
  })

  test('every turn has a root key of its own', () => {
    let { alice, bob } = begin()
    const seen = new Set<string>()
    for (let turn = 0; turn < 10; turn++) {
      const sent = write(alice, 1)
      const other = received(bob, only(sent.letters))
      seen.add(Buffer.from(other.rootKey).toString('hex'))
      ;[alice, bob] = [other, sent.ratchet]
    }
    expect(seen.size).toBe(10)
  })
})
