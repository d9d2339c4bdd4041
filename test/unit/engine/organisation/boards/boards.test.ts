import { expect, test } from 'vitest'
import { createSigner, generateDeviceKeys, publicKeysOf } from '../../../../../src/crypto/index.ts'
import { createNoticeBoard } from '../../../../../src/engine/organisation/boards/notice-board.ts'
import { encodeSyncFrame } from '../../../../../src/engine/organisation/sync/sync-frame.ts'
import {
  createInvitation,
  createJoinRequest,
  encodeProposal,
  makeKeyOffer,
  noticeOfRequest,
  proposalId,
  proposeList,
  signProposal,
} from '../../../../../src/org/index.ts'
import type { PersonId } from '../../../../../src/shared/ids.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import {
  type Colleague,
  detailsOf,
  foundOffice,
  newPersonId,
  type Office,
  provider,
  until,
} from '../../../../helpers/sync-office.ts'

const HOUR = 3_600_000
const PROPOSALS = 11

/** Dave's request to join, made with an invitation of Alice's. */
const requestOf = ({ alice, time }: Office, issuer: Colleague = alice) => {
  const invitation = createInvitation(
    provider,
    {
      organisation: alice.membership.trusted().organisationId,
      organisationName: 'Hafen & Co',
      personId: newPersonId(),
      name: 'Dave',
      title: '',
      department: '',
      email: '',
      phone: '',
      via: [],
      issued: time.now,
      expires: time.now + HOUR,
    },
    createSigner(provider, issuer.keys.sig),
  )
  const keys = generateDeviceKeys(provider)
  return noticeOfRequest(provider, createJoinRequest(provider, invitation, { keys, deviceName: 'PC', now: time.now }))
}

/** Somebody who would sign, said by a device. */
const offerOf = ({ alice, time }: Office, personId: PersonId, by: Colleague) =>
  makeKeyOffer(
    provider,
    {
      organisation: alice.membership.trusted().organisationId,
      personId,
      offeredAt: time.now,
      until: time.now + HOUR,
      seeds: { contacts: provider.randomBytes(32), freshness: provider.randomBytes(32), root: null },
    },
    by.keys,
  )

/** Of the same person, up to date. */
const secondDeviceOf = async (office: Office, { personId }: Colleague, name: string): Promise<Colleague> => {
  const who = { ...office.identity(name), personId }
  const { sig, dh } = publicKeysOf(who.keys)
  const device = { id: who.device, sig, dh, name, addedAt: office.time.now, invitation: null }
  await office.publish([{ kind: 'add-device', personId, device }])
  return office.moveIn(who, office.alice.membership.trusted())
}

const threeColleagues = async () => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  const carol = await office.join('Carol')
  return { office, alice: office.alice, bob, carol }
}

test('a request that Bob carries reaches Alice over Carol, though the two never meet', async () => {
  const { office, alice, bob, carol } = await threeColleagues()
  const request = requestOf(office)
  office.connect(bob, carol)
  await until('the list with Carol', () => bob.membership.trusted().list.hash === alice.membership.trusted().list.hash)
  expect(await bob.notices.add(request.bytes)).toBe('added')
  expect(await bob.notices.add(request.bytes)).toBe('known')
  await until('the request at Carol', () => carol.notices.find(request.id) !== undefined)
  office.disconnect(bob, carol)
  office.connect(carol, alice)
  await until('the request at Alice', () => alice.notices.ofKind('join-request').length === 1)
  expect(alice.notices.find(request.id)?.bytes).toEqual(request.bytes)
})

test('notices survive a restart, and end with the device that stands behind them', async () => {
  const { office, alice, bob } = await threeColleagues()
  const laptop = await secondDeviceOf(office, alice, "Alice's laptop")
  const [byLaptop, byPc] = [requestOf(office, laptop), requestOf(office)]
  expect((await alice.notices.addAll([byLaptop.bytes, byPc.bytes])).added).toHaveLength(2)
  const offer = offerOf(office, alice.personId, bob)
  await expect(alice.notices.add(offer.bytes)).rejects.toMatchObject({ code: 'signature-missing' })

  const reopen = () =>
    createNoticeBoard({
      store: alice.store,
      provider,
      membership: alice.membership,
      now: () => office.time.now,
      log: silentLog,
    })
  expect(reopen().all()).toHaveLength(2)
  await office.publish([{ kind: 'remove-device', deviceId: laptop.device, reason: 'stolen' }])
  await until('the end of what the laptop let in', () => alice.notices.all().length === 1)
  expect(
    reopen()
      .all()
      .map(({ id }) => id),
  ).toEqual([byPc.id])
  office.time.now += 2 * HOUR
  await alice.notices.review()
  expect(reopen().all()).toEqual([])
})

test('one that was taken away by hand does not come back from a colleague', async () => {
  const { office, alice, bob } = await threeColleagues()
  const request = requestOf(office)
  office.connect(alice, bob)
  await alice.notices.add(request.bytes)
  await until('the request at Bob', () => bob.notices.find(request.id) !== undefined)
  await alice.notices.remove(request.id)
  const after = requestOf(office)
  await bob.notices.add(after.bytes)
  await until('what came after', () => alice.notices.find(after.id) !== undefined)
  expect(alice.notices.all().map(({ id }) => id)).toEqual([after.id])
})

test('a flood of forged notices is looked at for a moment only', async () => {
  const { office, alice, bob } = await threeColleagues()
  const forged = Array.from({ length: 500 }, () => {
    const { bytes } = requestOf(office)
    const copy = bytes.slice()
    copy.set([(copy.at(-1) ?? 0) ^ 1], copy.length - 1)
    return copy
  })
  const frame = encodeSyncFrame({ kind: 'notices-lacking', notices: forged })
  await alice.answer(bob.device, frame)
  expect(alice.notices.all()).toEqual([])
  // a good one in the same minute is not taken from that device either
  const request = requestOf(office)
  await alice.answer(bob.device, encodeSyncFrame({ kind: 'notices-lacking', notices: [request.bytes] }))
  expect(alice.notices.all()).toEqual([])
})

test('a proposal goes from one administrator to the other and never to a plain member', async () => {
  const { office, alice, bob, carol } = await threeColleagues()
  const laptop = await secondDeviceOf(office, alice, "Alice's laptop")
  const trusted = alice.membership.trusted()
  const unsigned = proposeList(
    provider,
    trusted,
    { edits: [{ kind: 'put-person', person: detailsOf('Erika', newPersonId()) }] },
    alice.personId,
    office.time.now,
  )
  await expect(alice.proposals.put(unsigned)).rejects.toMatchObject({ code: 'bad-input' })
  const signed = signProposal(provider, trusted, unsigned, office.founded.adminSeed)
  office.connect(alice, carol)
  office.connect(alice, bob)
  await alice.proposals.put(signed)
  const id = proposalId(provider, signed)
  expect(alice.proposals.find(id)?.checked.signed).toHaveLength(1)

  office.connect(alice, laptop)
  await until('the proposal on her laptop', () => laptop.proposals.find(id) !== undefined)
  expect([bob, carol].flatMap(({ proposals }) => proposals.all())).toEqual([])
  expect(office.asked.filter(({ type, to }) => type === PROPOSALS && to === bob.device)).toEqual([])
  const question = encodeSyncFrame({ kind: 'proposal-ids', held: [] })
  await expect(alice.answer(bob.device, question)).rejects.toMatchObject({ code: 'not-admin' })
  const handed = encodeSyncFrame({ kind: 'proposals', proposals: [encodeProposal(signed)] })
  await expect(carol.answer(alice.device, handed)).rejects.toMatchObject({ code: 'document-malformed' })
})
