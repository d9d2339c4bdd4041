import { expect, test } from 'vitest'
import { nobleProvider as provider } from '../../../src/crypto/index.ts'
import { answerHail, createHail, isHailAnswered, readHail } from '../../../src/org/index.ts'
import type { DeviceId, OrganisationId } from '../../../src/shared/ids.ts'

const organisation = 'aa'.repeat(32) as OrganisationId
const elsewhere = 'ab'.repeat(32) as OrganisationId
const [carol, bob, mallory] = ['c0', 'b0', '60'].map(byte => byte.repeat(32) as DeviceId) as [
  DeviceId,
  DeviceId,
  DeviceId,
]

const between = { organisation, asker: carol, answerer: bob }

test('Carol knows by the answer that Bob is of the organisation that her invitation names', () => {
  const { nonce, bytes } = createHail(provider)
  const answer = answerHail(provider, between, readHail(bytes))
  expect(isHailAnswered(provider, between, nonce, answer)).toBe(true)
})

test('nobody answers for another organisation, for another hail, or with what they fetched from Bob', () => {
  const { nonce, bytes } = createHail(provider)
  const answers = [
    answerHail(provider, { ...between, organisation: elsewhere }, readHail(bytes)),
    answerHail(provider, between, readHail(createHail(provider).bytes)),
    // Mallory passes Carol's hail on: Bob answers her, not Carol
    answerHail(provider, { ...between, asker: mallory }, readHail(bytes)),
  ]
  for (const answer of answers) {
    expect(isHailAnswered(provider, between, nonce, answer)).toBe(false)
    expect(isHailAnswered(provider, { ...between, answerer: mallory }, nonce, answer)).toBe(false)
  }
})

test('what is no hail and no answer is malformed', () => {
  const { nonce, bytes } = createHail(provider)
  for (const hostile of [new Uint8Array(), bytes.subarray(1), new Uint8Array(70), answerHail(provider, between, nonce)])
    expect(() => readHail(hostile)).toThrow(expect.objectContaining({ name: 'LanyardError' }))
  for (const hostile of [new Uint8Array(), bytes, new Uint8Array(70)])
    expect(() => isHailAnswered(provider, between, nonce, hostile)).toThrow(
      expect.objectContaining({ name: 'LanyardError' }),
    )
})
