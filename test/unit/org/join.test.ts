import { describe, expect, test } from 'vitest'
import { createSigner, decodeCanonical, encodeCanonical, equalBytes } from '../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import {
  createInvitation,
  createJoinRequest,
  decodeJoinAnswer,
  encodeBundle,
  encodeJoinAnswer,
  type Invitation,
  type InvitationDetails,
  invitationIdOf,
  isInvitationUsed,
  type JoinAnswer,
  type JoinRequest,
  joinFingerprint,
  readJoinRequest,
  type TrustedState,
  trustFirstBundle,
  verifyJoinRequest,
} from '../../../src/org/index.ts'
import { issueCertificate } from '../../../src/org/joining/certificate.ts'
import { type ErrorCode, LanyardError } from '../../../src/shared/errors.ts'
import {
  actor,
  adding,
  DAY,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newPersonId,
  newSeed,
  provider,
  publish,
  receive,
  rotate,
  withRole,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const mallory = actor('Mallory')
const NOW = MONDAY + HOUR
const { trusted, adminSeed, rootSeed } = found(alice)
const invite = (change: Partial<InvitationDetails> = {}, issuer = alice) =>
  createInvitation(
    provider,
    {
      organisation: trusted.organisationId,
      organisationName: trusted.root.name,
      personId: newPersonId(),
      name: 'Bob',
      title: 'Accountant',
      department: 'Finance',
      email: 'bob@harbour.example',
      phone: '',
      via: [],
      issued: MONDAY,
      expires: MONDAY + 7 * DAY,
      ...change,
    },
    createSigner(provider, issuer.keys.sig),
  )
const invitation = invite()
const askWith = (invited: Pick<Invitation, 'secret' | 'signed'>, who = bob) =>
  createJoinRequest(provider, invited, { keys: who.keys, deviceName: `${who.name}'s PC`, now: MONDAY })
const bytes = askWith(invitation)
/** Thousands of signatures: made on noble, verified by the native backend where there is one. */
const verifier = createNativeProvider()
const verify = (encoded: Uint8Array, state: TrustedState = trusted, now = NOW) =>
  verifyJoinRequest(verifier, state, readJoinRequest(verifier, encoded), now)
const refused = (code: ErrorCode) => expect.objectContaining({ code })

/** What an administrator signs when they let a request in. */
const letIn = (state: TrustedState, { certificate, device, invitationId }: JoinRequest): TrustedState => {
  const { format, organisation, key, issued, expires, ...person } = certificate
  return publish(
    state,
    [
      { kind: 'put-person', person: { ...person, photoHash: null, roles: [] } },
      { kind: 'add-device', personId: person.personId, device: { ...device, addedAt: NOW, invitation: invitationId } },
    ],
    [adminSeed],
  )
}
const approved = letIn(trusted, readJoinRequest(provider, bytes))

test('Bob joins: invitation, request, approval, first bundle', () => {
  verify(bytes)
  expect(readJoinRequest(provider, bytes)).toMatchObject({
    organisationId: trusted.organisationId,
    invitationId: invitationIdOf(provider, invitation.secret),
    certificate: { name: 'Bob', title: 'Accountant', department: 'Finance', email: 'bob@harbour.example' },
    issuer: alice.device.id,
    device: { id: bob.device.id, name: "Bob's PC" },
  })
  const answer = decodeJoinAnswer(encodeJoinAnswer({ kind: 'approved', bundle: encodeBundle(approved) }))
  if (answer.kind !== 'approved') throw new Error('Alice has approved')
  const bobs = trustFirstBundle(provider, invitation.organisation, answer.bundle, NOW)
  expect(bobs.devices.get(bob.device.id)?.person).toMatchObject({ name: 'Bob', personId: invitation.personId })
})

test('any member can tell that the request is real, also one that has never heard of the invitation', () => {
  const emma = actor('Emma')
  const emmas = receive(trusted, publish(trusted, adding(emma), [adminSeed])).trusted
  expect(() => verify(bytes, emmas)).not.toThrow()
})

describe('an invitation is good once', () => {
  test('for the same device as often as it asks, for another one never again', () => {
    expect(() => verify(bytes, approved)).not.toThrow()
    expect(() => verify(askWith(invitation, mallory), approved)).toThrow(refused('invitation-used'))
    expect(isInvitationUsed(approved, invitationIdOf(provider, invitation.secret))).toBe(true)
    expect(isInvitationUsed(approved, invitationIdOf(provider, invite().secret))).toBe(false)
  })

  test('also after the device that used it was removed', () => {
    const without = publish(approved, [{ kind: 'remove-device', deviceId: bob.device.id, reason: 'lost' }], [adminSeed])
    expect(() => verify(bytes, without)).toThrow(refused('invitation-used'))
    expect(() => verify(askWith(invitation, mallory), without)).toThrow(refused('invitation-used'))
  })
})

describe('an invitation stands and falls with the device that issued it', () => {
  const emma = actor('Emma')
  const seed = newSeed()
  const role = { threshold: 1, keys: [...trusted.root.roles.contacts.keys, keyOf(seed)] }
  const { keys, roles } = withRole(trusted.root, 'contacts', role)
  const held = keys.map(key => (key.id === keyOf(seed) ? { ...key, holder: emma.personId } : key))
  const withEmma = publish(trusted, adding(emma), [adminSeed])
  const emmas = askWith(invite({}, emma))

  test('which belongs to an administrator: nobody else invites', () => {
    expect(() => verify(emmas, withEmma)).toThrow(refused('invitation-unknown'))
    const administers = rotate(withEmma, { keys: held, roles }, [rootSeed])
    expect(() => verify(emmas, administers)).not.toThrow()
    const gone = publish(administers, [{ kind: 'remove-device', deviceId: emma.device.id, reason: 'stolen' }], [seed])
    expect(() => verify(emmas, gone)).toThrow(refused('invitation-unknown'))
    const demoted = rotate(administers, trusted.root, [rootSeed])
    expect(() => verify(emmas, demoted)).toThrow(refused('invitation-unknown'))
  })

  test('and lasts no longer than any may, nor from a day that has not come', () => {
    const ask = (issued: number, expires: number) => () => verify(askWith(invite({ issued, expires })))
    expect(ask(MONDAY, MONDAY + 90 * DAY)).not.toThrow()
    expect(ask(MONDAY, MONDAY + 90 * DAY + 1)).toThrow(refused('invitation-unknown'))
    expect(ask(NOW + 3 * HOUR, NOW + DAY)).toThrow(refused('invitation-unknown'))
    expect(() => verify(bytes, trusted, MONDAY + 7 * DAY - 1)).not.toThrow()
    expect(() => verify(bytes, trusted, MONDAY + 7 * DAY)).toThrow(refused('invitation-expired'))
  })
})

test('both screens show the same six words, and others for other keys', () => {
  const { device } = readJoinRequest(provider, bytes)
  const words = joinFingerprint(provider, trusted.organisationId, device)
  expect(words).toHaveLength(6)
  expect(joinFingerprint(provider, invitation.organisation, bob.device)).toEqual(words)
  expect(joinFingerprint(provider, trusted.organisationId, mallory.device)).not.toEqual(words)
  expect(joinFingerprint(provider, trusted.organisationId, { ...bob.device, dh: mallory.device.dh })).not.toEqual(words)
})

describe('Mallory', () => {
  test('does not have the invitation', () => {
    const guess = { ...invitation, secret: provider.randomBytes(32) }
    expect(() => verify(askWith(guess, mallory))).toThrow(refused('invitation-unknown'))
  })

  test('issues one herself: nobody checks a signature, which costs a thousand times more than her asking', () => {
    const asked: unknown[] = []
    const watched = { ...provider, ed25519Verify: () => asked.push('verify') > 0 }
    const request = readJoinRequest(provider, askWith(invite({}, mallory), mallory))
    expect(() => verifyJoinRequest(watched, trusted, request, NOW)).toThrow(refused('invitation-unknown'))
    expect(asked).toEqual([])
  })

  test('and writes Alice’s device under it, or another name on Alice’s', () => {
    const own = invite({}, mallory)
    const forged = { secret: own.secret, signed: { ...own.signed, issuer: alice.device.id } }
    expect(() => verify(askWith(forged, mallory))).toThrow(refused('invitation-unknown'))
    const renamed = { secret: own.secret, signed: { ...invitation.signed, bytes: own.signed.bytes } }
    expect(() => verify(askWith(renamed, mallory))).toThrow(refused('invitation-unknown'))
  })

  test('carries Bob’s request and puts her device, name, key or invitation into it', () => {
    const his = partsOf(bytes)
    const hers = partsOf(askWith(invitation, mallory))
    const others = partsOf(askWith(invite({ name: 'Mallory' }), mallory))
    for (const foreign of [hers, others])
      for (let mask = 1; mask < 63; mask++) {
        const mixed = his.map((part, i) => ((mask >> i) & 1 ? foreign[i] : part)) as Uint8Array[]
        const isWhole = mixed.every((part, i) => equalBytes(part, his[i] as Uint8Array))
        const isHers = mixed.every((part, i) => equalBytes(part, foreign[i] as Uint8Array))
        if (!isWhole && !isHers) expect(() => verify(joined(mixed)), `parts ${mask.toString(2)}`).toThrow(LanyardError)
      }
  })

  test('at Alice’s stolen device certifies Bob’s invitation anew, as somebody else’s: his request does not turn', () => {
    const other = issueCertificate(
      { ...readJoinRequest(provider, bytes).certificate, name: 'Director' },
      createSigner(provider, alice.keys.sig),
    )
    const parts = partsOf(bytes)
    const turned = joined([other.bytes, parts[1], other.signature, parts[3], parts[4], parts[5]] as Uint8Array[])
    expect(() => verify(turned)).toThrow(refused('document-malformed'))
  })

  test('changes any byte', () => {
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte))
      expect(() => verify(changed), `byte ${at}`).toThrow(LanyardError)
    }
  })

  test('sends the request to another organisation', () => {
    const other = found(mallory).trusted
    expect(() => verify(bytes, other)).toThrow(refused('wrong-organisation'))
  })

  test('sends a book', () => {
    expect(() => readJoinRequest(provider, new Uint8Array(4_000))).toThrow(refused('document-too-large'))
  })
})

const partsOf = (encoded: Uint8Array): readonly Uint8Array[] => {
  const map = decodeCanonical(encoded, { maxBytes: 4_000 }) as Map<number, Uint8Array>
  return [0, 1, 2, 3, 4, 5].map(key => map.get(key) as Uint8Array)
}
const joined = (parts: readonly Uint8Array[]): Uint8Array => encodeCanonical(new Map(parts.map((part, i) => [i, part])))

test('answers come back as they were sent', () => {
  const answers: readonly JoinAnswer[] = [
    { kind: 'pending' },
    { kind: 'declined', notice: null },
    { kind: 'declined', notice: new Uint8Array([1, 2]) },
    { kind: 'approved', bundle: new Uint8Array([1, 2, 3]) },
    { kind: 'refused', code: 'invitation-used' },
  ]
  for (const answer of answers) expect(decodeJoinAnswer(encodeJoinAnswer(answer))).toEqual(answer)
  for (const hostile of [[], [4], [0, 0], [1], [3, 99], new Map()])
    expect(() => decodeJoinAnswer(encodeCanonical(hostile))).toThrow(
      expect.objectContaining({ code: 'document-malformed' }),
    )
})
