import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSigner } from '../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../src/engine/native-crypto.ts'
import {
  administratorsWord,
  createInvitation,
  createJoinRequest,
  keyOfferFingerprint,
  makeDecline,
  makeKeyOffer,
  makeOfferWithdrawal,
  makeWithdrawal,
  type Notice,
  noticeOfRequest,
  readNotice,
  selectNotices,
  type TrustedState,
  verifyNotice,
} from '../../../src/org/index.ts'
import { type ErrorCode, LanyardError } from '../../../src/shared/errors.ts'
import type { InvitationId } from '../../../src/shared/ids.ts'
import {
  type Actor,
  actor,
  adding,
  DAY,
  found,
  HOUR,
  MONDAY,
  newPersonId,
  newSeed,
  provider,
  publish,
} from './actors.ts'

const alice = actor('Alice')
const emma = actor('Emma')
const bob = actor('Bob')
const mallory = actor('Mallory')
const NOW = MONDAY + HOUR
const { trusted: first, adminSeed } = found(alice)
/** Emma and Mallory are colleagues, Alice administers, Bob is invited. */
const trusted = publish(first, [...adding(emma), ...adding(mallory)], [adminSeed])
const organisation = trusted.organisationId

const invite = (issuer = alice) =>
  createInvitation(
    provider,
    {
      organisation,
      organisationName: trusted.root.name,
      personId: newPersonId(),
      name: 'Bob',
      title: '',
      department: '',
      email: '',
      phone: '',
      via: [],
      issued: MONDAY,
      expires: MONDAY + 7 * DAY,
    },
    createSigner(provider, issuer.keys.sig),
  )
const invitation = invite()
const requestOf = (who: Actor, invited = invitation, now = NOW) =>
  noticeOfRequest(provider, createJoinRequest(provider, invited, { keys: who.keys, deviceName: 'PC', now }))
const request = requestOf(bob)
if (request.kind !== 'join-request') throw new Error('Bob asks to join')
const { invitationId } = request.request
const until = MONDAY + 7 * DAY
const withdraw = (by = alice, change: Partial<Parameters<typeof makeWithdrawal>[1]> = {}) =>
  makeWithdrawal(provider, { organisation, invitation: invitationId, issued: NOW, until, ...change }, by.keys)
const decline = (by = alice, device = bob.device.id) =>
  makeDecline(provider, { organisation, invitation: invitationId, device, issued: NOW, until }, by.keys)
const seeds = { contacts: newSeed(), freshness: newSeed(), root: newSeed() }
const offer = (by = emma, personId = by.personId, offered: Parameters<typeof makeKeyOffer>[1]['seeds'] = seeds) =>
  makeKeyOffer(provider, { organisation, personId, offeredAt: NOW, until, seeds: offered }, by.keys)

/** Thousands of signatures: made on noble, verified by the native backend where there is one. */
const verifier = createNativeProvider()
const verify = (notice: Notice, state: TrustedState = trusted, now = NOW) => verifyNotice(verifier, state, notice, now)
const refused = (code: ErrorCode) => expect.objectContaining({ code })
const takeBack = (by = emma, personId = by.personId, issued = NOW + 1) =>
  makeOfferWithdrawal(provider, { organisation, personId, issued, until }, by.keys)
const all = [request, withdraw(), decline(), offer(), takeBack(emma)]

test.each(all.map(notice => [notice.kind, notice] as const))('a %s travels as bytes and is right', (_, notice) => {
  const read = readNotice(provider, notice.bytes)
  expect(read).toEqual(notice)
  expect(read.id).toMatch(/^[0-9a-f]{32}$/)
  expect(notice.bytes.length).toBeLessThan(1_000)
  expect(() => verify(read)).not.toThrow()
})

describe('a notice is refused', () => {
  test.each(all.map(notice => [notice.kind, notice] as const))('when the %s has run out', (_, notice) => {
    expect(() => verify(notice, trusted, until - 1)).not.toThrow()
    expect(() => verify(notice, trusted, until)).toThrow(refused('expired'))
  })

  test.each(all.map(notice => [notice.kind, notice] as const))('in another organisation: %s', (_, notice) => {
    expect(() => verify(notice, found(alice).trusted)).toThrow(refused('wrong-organisation'))
  })

  test('that is dated ahead, or is to last for ever', () => {
    expect(() => verify(withdraw(alice, { issued: NOW + 3 * HOUR }))).toThrow(refused('not-yet-valid'))
    expect(() => verify(withdraw(alice, { until: NOW + 91 * DAY }))).toThrow(refused('document-malformed'))
    expect(() => verify(withdraw(alice, { issued: until, until }), trusted, NOW)).toThrow(LanyardError)
  })

  test('of a device that may not say it', () => {
    expect(() => verify(withdraw(mallory))).toThrow(refused('signature-missing'))
    expect(() => verify(decline(mallory))).toThrow(refused('signature-missing'))
    expect(() => verify(offer(mallory, emma.personId))).toThrow(refused('signature-missing'))
    expect(() => verify(offer(bob))).toThrow(refused('signature-missing'))
    expect(() => verify(takeBack(alice, emma.personId))).toThrow(refused('signature-missing'))
    expect(() => verify(requestOf(bob, invite(mallory)))).toThrow(refused('invitation-unknown'))
  })

  test('once the device that signed it is removed', () => {
    const without = publish(
      trusted,
      [{ kind: 'remove-device', deviceId: emma.device.id, reason: 'stolen' }],
      [adminSeed],
    )
    expect(() => verify(offer(), without)).toThrow(refused('signature-missing'))
    const alone = publish(
      trusted,
      [{ kind: 'remove-device', deviceId: alice.device.id, reason: 'stolen' }],
      [adminSeed],
    )
    for (const notice of [withdraw(), decline()])
      expect(() => verify(notice, alone)).toThrow(refused('signature-missing'))
    expect(() => verify(request, alone)).toThrow(refused('invitation-unknown'))
  })

  test('once it is settled: the device is on the list, or was removed from it', () => {
    const listed = publish(trusted, adding(bob), [adminSeed])
    expect(() => verify(request, listed)).toThrow(refused('expired'))
    expect(() => verify(decline(), listed)).toThrow(refused('expired'))
    const gone = publish(listed, [{ kind: 'remove-device', deviceId: bob.device.id, reason: 'left' }], [adminSeed])
    expect(() => verify(request, gone)).toThrow(refused('expired'))
  })

  test('with any byte changed', () => {
    for (const { kind, bytes } of all)
      for (let at = 0; at < bytes.length; at++) {
        const changed = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte))
        expect(() => verify(readNotice(provider, changed)), `${kind}, byte ${at}`).toThrow(LanyardError)
      }
  })
})

describe('Mallory offers keys', () => {
  test('that are Emma’s, as her own: the keys vouch for their owner', () => {
    const hers = offer(mallory)
    const emmas = offer()
    if (hers.kind !== 'key-offer' || emmas.kind !== 'key-offer') throw new Error('both are offers')
    expect(() => verify({ ...hers, proof: emmas.proof })).toThrow(refused('signature-missing'))
    expect(() => verify({ ...emmas, signer: mallory.device.id })).toThrow(refused('signature-missing'))
  })

  test('one of them twice, to count for two', () => {
    expect(() => verify(offer(mallory, mallory.personId, { ...seeds, root: seeds.contacts }))).toThrow(
      refused('document-malformed'),
    )
    expect(() => verify(offer(mallory, mallory.personId, { ...seeds, freshness: seeds.contacts }))).toThrow(
      refused('document-malformed'),
    )
  })

  test('whose words are others than those on Emma’s screen', () => {
    const words = (notice: Notice) =>
      notice.kind === 'key-offer' ? keyOfferFingerprint(provider, organisation, notice.offer) : []
    expect(words(offer())).toHaveLength(6)
    expect(words(offer(mallory))).not.toEqual(words(offer()))
    expect(words(offer(emma, emma.personId, { ...seeds, root: null }))).not.toEqual(words(offer()))
  })
})

describe('what a device keeps', () => {
  test('is the same in whatever order it came', () => {
    const asked = Array.from({ length: 6 }, (_, i) => requestOf(actor(`Device ${i}`), invitation, NOW + i))
    const notices = [...all, ...asked]
    const kept = selectNotices(notices)
    expect(selectNotices([...notices].reverse())).toEqual(kept)
    let held: readonly Notice[] = []
    for (const notice of notices) held = selectNotices([...held, notice])
    expect(held).toEqual(kept)
  })

  test('of one invitation four devices’ requests, of each the first', () => {
    const again = Array.from({ length: 5 }, (_, i) => requestOf(bob, invitation, NOW + i))
    expect(selectNotices(again)).toEqual([again[0]])
    const asked = Array.from({ length: 6 }, (_, i) => requestOf(actor(`Device ${i}`), invitation, NOW + i))
    expect(selectNotices(asked)).toEqual(asked.slice(0, 4))
  })

  test('is the same whatever was thrown away on the way', () => {
    // few devices, invitations and times, so that every bound bites; what is selected was verified before
    const small = fc.nat(7)
    const some: fc.Arbitrary<Notice> = fc
      .tuple(fc.constantFrom('join-request', 'withdrawal', 'decline', 'key-offer'), small, small, small, fc.nat())
      .map(([kind, who, matter, issued, id]) => {
        const hex = (value: number) => value.toString(16).padStart(32, '0')
        const asked = { issuer: hex(0), invitationId: hex(matter % 2), device: { id: hex(who) }, requestedAt: issued }
        const statement = { invitationId: hex(matter), device: hex(who), signer: hex(who), issued }
        return {
          kind,
          id: [id, kind, who, matter, issued].join(),
          request: asked,
          offer: { personId: hex(who) },
          ...statement,
        } as unknown as Notice
      })
    const batch = fc.array(some, { maxLength: 40 })
    const ids = (notices: readonly Notice[]) => notices.map(({ id }) => id)
    fc.assert(
      fc.property(batch, batch, (a, b) => {
        const all = ids(selectNotices([...a, ...b]))
        expect(ids(selectNotices([...selectNotices(a), ...b]))).toEqual(all)
        expect(ids(selectNotices([...selectNotices(b), ...selectNotices(a)]))).toEqual(all)
      }),
    )
  })

  test('of one stolen device no more than its share', () => {
    const ids = Array.from({ length: 300 }, (_, i) => i.toString(16).padStart(32, '0') as InvitationId)
    const flood = ids.map(invitation => withdraw(alice, { invitation }))
    const emmas = withdraw(emma, { invitation: 'ee'.repeat(16) as InvitationId })
    const kept = selectNotices([...flood, emmas])
    expect(kept).toHaveLength(129)
    expect(kept).toContainEqual(emmas)
  })

  test('of requests with invitations of one stolen device no more than its share, however early they say to be', () => {
    const [early, honest] = [requestOf(mallory), requestOf(bob)]
    if (early.kind !== 'join-request') throw new Error('Mallory asks to join')
    const flood = Array.from({ length: 300 }, (_, i) => {
      const id = i.toString(16).padStart(32, '0')
      const request = { ...early.request, requestedAt: 0, invitationId: id as InvitationId, issuer: mallory.device.id }
      return { ...early, id, request } as Notice
    })
    const kept = selectNotices([...flood, honest])
    expect(kept).toHaveLength(129)
    expect(kept).toContainEqual(honest)
  })

  test('of what Alice has taken back or declined: a stolen device of Emma’s does not take her word away again', () => {
    const later = { issued: NOW + HOUR, until: NOW + HOUR + 1 }
    const declined = makeDecline(
      provider,
      { organisation, invitation: invitationId, device: bob.device.id, ...later },
      emma.keys,
    )
    const kept = selectNotices([withdraw(), decline(), withdraw(emma, later), declined])
    expect(kept).toContainEqual(withdraw())
    expect(kept).toContainEqual(decline())
  })

  test('is the same whatever was thrown away on the way, where a device has used its share up too', () => {
    const ids = Array.from({ length: 128 }, (_, i) => i.toString(16).padStart(32, '0') as InvitationId)
    const matter = 'ee'.repeat(16) as InvitationId
    const flood = ids.map(invitation => withdraw(mallory, { invitation, issued: NOW + HOUR }))
    const a = [...flood, withdraw(mallory, { invitation: matter })]
    const b = [withdraw(alice, { invitation: matter, issued: NOW - HOUR })]
    expect(selectNotices([...selectNotices(a), ...b])).toEqual(selectNotices([...a, ...b]))
  })

  test('of one person one offer, the newest', () => {
    const later = makeKeyOffer(
      provider,
      { organisation, personId: emma.personId, offeredAt: NOW + 1, until, seeds },
      emma.keys,
    )
    expect(selectNotices([offer(), later])).toEqual([later])
    expect(selectNotices([offer(), takeBack()])).toEqual([takeBack()])
    const earlier = takeBack(emma, emma.personId, NOW - HOUR)
    expect(selectNotices([earlier, later])).toEqual([later])
  })
})

test('an answer finds its request', () => {
  if (request.kind !== 'join-request') throw new Error('Bob asks to join')
  expect(administratorsWord([request], request.request)).toBeUndefined()
  expect(administratorsWord([decline(alice, mallory.device.id)], request.request)).toBeUndefined()
  expect(administratorsWord([decline()], request.request)?.kind).toBe('decline')
  expect(administratorsWord([decline(), withdraw()], request.request)?.kind).toBe('withdrawal')
  expect(
    administratorsWord([withdraw(alice, { invitation: '00'.repeat(16) as InvitationId })], request.request),
  ).toBeUndefined()
  const heard = administratorsWord([withdraw(emma), decline()], request.request)
  expect([heard?.signer, heard?.kind], 'the invitation names Alice').toEqual([alice.device.id, 'decline'])
  expect(administratorsWord([withdraw(emma)], request.request)?.signer).toBe(emma.device.id)
})
