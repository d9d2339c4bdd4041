import { describe, expect, test } from 'vitest'
import { decodeCanonical, encodeCanonical } from '../../../src/crypto/index.ts'
import {
  createInvitation,
  createJoinRequest,
  decodeJoinAnswer,
  encodeBundle,
  encodeJoinAnswer,
  type JoinAnswer,
  joinFingerprint,
  prepareList,
  provesInvitation,
  publishList,
  readJoinRequest,
  signList,
  trustFirstBundle,
} from '../../../src/org/index.ts'
import { isLanyardError } from '../../../src/shared/errors.ts'
import { actor, DAY, found, HOUR, MONDAY, newPersonId, provider, updated } from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const mallory = actor('Mallory')
const { trusted, adminSeed } = found(alice)
const invite = () =>
  createInvitation(provider, {
    organisation: trusted.organisationId,
    organisationName: trusted.root.name,
    personId: newPersonId(),
    name: 'Bob',
    title: 'Accountant',
    department: 'Finance',
    via: [],
    expires: MONDAY + 7 * DAY,
  })
const invitation = invite()
const bytes = createJoinRequest(provider, invitation, { keys: bob.keys, deviceName: "Bob's PC", now: MONDAY })

test('Bob joins: invitation, request, approval, first bundle', () => {
  const request = readJoinRequest(bytes)
  expect(provesInvitation(provider, request, invitation)).toBe(true)
  const { personId, name, title, department } = invitation
  const edits = [
    {
      kind: 'put-person',
      person: { personId, name, title, department, email: '', phone: '', photoHash: null, roles: [] },
    },
    { kind: 'add-device', personId, device: { ...request.device, addedAt: MONDAY, invitation: request.invitationId } },
  ] as const
  const draft = signList(provider, prepareList(provider, trusted, { edits }, MONDAY + HOUR), adminSeed)
  const approved = updated(publishList(provider, trusted, draft, MONDAY + HOUR))
  const answer = decodeJoinAnswer(encodeJoinAnswer({ kind: 'approved', bundle: encodeBundle(approved) }))
  if (answer.kind !== 'approved') throw new Error('Alice has approved')
  const bobs = trustFirstBundle(provider, invitation.organisation, answer.bundle, MONDAY + HOUR)
  expect(bobs.devices.get(bob.device.id)?.person).toMatchObject({ name: 'Bob', personId })
})

test('both screens show the same six words, and others for other keys', () => {
  const { device } = readJoinRequest(bytes)
  const words = joinFingerprint(provider, trusted.organisationId, device)
  expect(words).toHaveLength(6)
  expect(joinFingerprint(provider, invitation.organisation, bob.device)).toEqual(words)
  expect(joinFingerprint(provider, trusted.organisationId, mallory.device)).not.toEqual(words)
  expect(joinFingerprint(provider, trusted.organisationId, { ...bob.device, dh: mallory.device.dh })).not.toEqual(words)
})

describe('Mallory', () => {
  test('does not have the invitation', () => {
    const guess = { ...invitation, secret: provider.randomBytes(32) }
    const request = readJoinRequest(
      createJoinRequest(provider, guess, { keys: mallory.keys, deviceName: 'PC', now: MONDAY }),
    )
    expect(provesInvitation(provider, request, invitation)).toBe(false)
  })

  test('without it makes nobody check a signature, which costs a thousand times more than her asking', () => {
    const guess = { ...invitation, secret: provider.randomBytes(32) }
    const bytes = createJoinRequest(provider, guess, { keys: mallory.keys, deviceName: 'PC', now: MONDAY })
    const asked: unknown[] = []
    const watched = { ...provider, ed25519Verify: () => asked.push('verify') > 0 }
    expect(provesInvitation(watched, readJoinRequest(bytes), invitation)).toBe(false)
    expect(asked).toEqual([])
  })

  test('has an invitation of her own, and asks as Bob', () => {
    const own = invite()
    const asBob = { ...own, personId: invitation.personId }
    const request = readJoinRequest(
      createJoinRequest(provider, asBob, { keys: mallory.keys, deviceName: 'PC', now: MONDAY }),
    )
    expect(provesInvitation(provider, request, own)).toBe(false)
    expect(provesInvitation(provider, request, invitation)).toBe(false)
  })

  test('carries Bob’s request and puts her device, name or key into it', () => {
    const [body, proof, signature] = partsOf(bytes)
    const hers = partsOf(createJoinRequest(provider, invitation, { keys: mallory.keys, deviceName: 'PC', now: MONDAY }))
    for (const parts of [
      [hers[0], proof, signature],
      [body, hers[1], signature],
      [body, proof, hers[2]],
    ] as const)
      expect(provesInvitation(provider, readJoinRequest(joined(parts)), invitation)).toBe(false)
    // her own signature under his proof: the signature fits, the proof does not
    const request = readJoinRequest(joined(hers))
    expect(provesInvitation(provider, { ...request, proof }, invitation)).toBe(false)
  })

  test('changes any byte', () => {
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte))
      const read = () => provesInvitation(provider, readJoinRequest(changed), invitation)
      try {
        expect(read(), `byte ${at}`).toBe(false)
      } catch (error) {
        if (!isLanyardError(error)) throw error
      }
    }
  })

  test('sends the request to another organisation', () => {
    const other = { ...invitation, organisation: found(mallory).trusted.organisationId }
    expect(provesInvitation(provider, readJoinRequest(bytes), other)).toBe(false)
  })

  test('sends a book', () => {
    expect(() => readJoinRequest(new Uint8Array(3_000))).toThrow(
      expect.objectContaining({ code: 'document-too-large' }),
    )
  })
})

const partsOf = (encoded: Uint8Array): readonly [Uint8Array, Uint8Array, Uint8Array] => {
  const map = decodeCanonical(encoded, { maxBytes: 2_000 }) as Map<number, Uint8Array>
  return [map.get(0), map.get(1), map.get(2)] as [Uint8Array, Uint8Array, Uint8Array]
}
const joined = (parts: readonly Uint8Array[]): Uint8Array => encodeCanonical(new Map(parts.map((part, i) => [i, part])))

test('answers come back as they were sent', () => {
  const answers: readonly JoinAnswer[] = [
    { kind: 'pending' },
    { kind: 'declined' },
    { kind: 'approved', bundle: new Uint8Array([1, 2, 3]) },
    { kind: 'refused', code: 'invitation-used' },
  ]
  for (const answer of answers) expect(decodeJoinAnswer(encodeJoinAnswer(answer))).toEqual(answer)
  for (const hostile of [[], [4], [0, 0], [1], [3, 99], new Map()])
    expect(() => decodeJoinAnswer(encodeCanonical(hostile))).toThrow(
      expect.objectContaining({ code: 'document-malformed' }),
    )
})
