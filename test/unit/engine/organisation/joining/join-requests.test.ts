import { expect, test } from 'vitest'
import { createSigner, type DeviceKeys, generateDeviceKeys, publicKeysOf } from '../../../../../src/crypto/index.ts'
import { createAdministration } from '../../../../../src/engine/administration/administration.ts'
import { createNativeProvider } from '../../../../../src/engine/native-crypto.ts'
import { createNoticeBoard } from '../../../../../src/engine/organisation/boards/notice-board.ts'
import { createProposalBoard } from '../../../../../src/engine/organisation/boards/proposal-board.ts'
import {
  closeInvitation,
  type InvitationRow,
  insertInvitation,
} from '../../../../../src/engine/organisation/joining/invitation-rows.ts'
import { saveRequest } from '../../../../../src/engine/organisation/joining/join-request-rows.ts'
import { createJoinRequests } from '../../../../../src/engine/organisation/joining/join-requests.ts'
import { createAdminKey, keepAdminKey, wrapAdminKey } from '../../../../../src/engine/organisation/keys/admin-key.ts'
import { beginMembership, openMembership } from '../../../../../src/engine/organisation/list/membership.ts'
import {
  createInvitation,
  createJoinRequest,
  decodeJoinAnswer,
  deviceIdOf,
  foundOrganisation,
  invitationIdOf,
} from '../../../../../src/org/index.ts'
import type { InvitationId, PersonId } from '../../../../../src/shared/ids.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const provider = createNativeProvider()
const now = 1_800_000_000_000
const idOf = (keys: DeviceKeys) => deviceIdOf(keys.sig.publicKey)
const bobsId = 'b0'.repeat(16) as PersonId
const carolsId = 'c0'.repeat(16) as PersonId
const invitation = '17'.repeat(16) as InvitationId
const carolsInvitation = '18'.repeat(16) as InvitationId

const invitationFor = (name: string, id: InvitationId, personId: PersonId): InvitationRow => ({
  id,
  person_id: personId,
  link: 'lanyard:join/',
  name,
  title: '',
  department: '',
  email: '',
  phone: '',
  created_at: now,
  expires_at: now + 3_600_000,
  state: 'open',
})

/** Alice's desk: Bob's invitation is out, and two devices ask with it, because Mallory has read his mail. */
const alicesDesk = async () => {
  const store = openTestStore()
  const keys = generateDeviceKeys(provider)
  const self = 'a1'.repeat(16) as PersonId
  const founder = { personId: self, name: 'Alice', title: '', device: publicKeysOf(keys), deviceName: 'PC' }
  const { adminSeed, trusted } = foundOrganisation(provider, { name: 'Hafen & Co', founder, now })
  const wrapped = await wrapAdminKey(provider, adminSeed, 'correct horse battery')
  const [bob, mallory] = [generateDeviceKeys(provider), generateDeviceKeys(provider)]
  const asking = (device: DeviceKeys) => ({
    device_id: idOf(device),
    invitation_id: invitation,
    person_id: bobsId,
    name: 'Bob',
    title: '',
    department: '',
    email: '',
    phone: '',
    device_name: 'PC',
    dh: device.dh.publicKey,
    requested_at: now,
    state: 'waiting' as const,
  })
  await store.write(tx => {
    beginMembership(tx, trusted, self)
    keepAdminKey(tx, wrapped)
    insertInvitation(tx, invitationFor('Bob', invitation, bobsId))
    insertInvitation(tx, invitationFor('Carol', carolsInvitation, carolsId))
    for (const device of [bob, mallory]) saveRequest(tx, asking(device))
  })
  const membership = openMembership({ store, provider, device: idOf(keys), now: () => now })
  if (membership === undefined) throw new Error('Alice has no organisation')
  const adminKey = createAdminKey({ store, provider, isInForce: () => true, now: () => now })
  adminKey.hold(adminSeed)
  const notices = createNoticeBoard({ store, provider, membership, now: () => now, log: silentLog })
  const { changes, staged } = createAdministration({
    store,
    provider,
    keys,
    membership,
    adminKey,
    notices,
    proposals: createProposalBoard({ store, provider, membership, log: silentLog }),
    now: () => now,
    log: silentLog,
  })
  const requests = createJoinRequests({
    store,
    provider,
    keys,
    membership,
    adminKey,
    notices,
    changes,
    staged,
    now: () => now,
    log: silentLog,
  })
  const bobsDevices = () =>
    membership
      .trusted()
      .people.get(bobsId)
      ?.devices.map(({ id }) => id) ?? []
  const seen = (device: DeviceKeys) => {
    const request = requests.find(idOf(device))
    if (request === null) throw new Error('This device does not ask')
    return request
  }
  return { store, requests, seen, asking, bob, mallory, bobsDevices, keys, trusted, staged, changes }
}

test('of two devices that are approved at the same moment one gets in: an invitation is good once', async () => {
  const { requests, seen, bob, mallory, bobsDevices } = await alicesDesk()
  const both = await Promise.allSettled([requests.approve(seen(bob)), requests.approve(seen(mallory))])
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(bobsDevices()).toEqual([idOf(bob)])
})

test('a withdrawn invitation lets nobody in, whoever clicked first', async () => {
  const { store, requests, seen, asking, bob, bobsDevices } = await alicesDesk()
  const shown = seen(bob)
  await store.write(tx => closeInvitation(tx, invitation, 'withdrawn'))
  expect(requests.waiting()).toEqual([])
  await expect(requests.approve(shown)).rejects.toMatchObject({ code: 'request-unknown' })

  await store.write(tx => saveRequest(tx, asking(bob))) // a colleague, who has not heard of it, brings it again
  await expect(requests.approve(shown)).rejects.toMatchObject({ code: 'request-unknown' })
  expect(bobsDevices()).toEqual([])
})

test('Mallory asks again with another leaked invitation or key after Alice looked: what she saw is what she approves', async () => {
  const { store, requests, seen, asking, mallory } = await alicesDesk()
  const shown = seen(mallory)
  await store.write(tx => saveRequest(tx, { ...asking(mallory), invitation_id: carolsInvitation }))
  await expect(requests.approve(shown)).rejects.toMatchObject({ code: 'request-changed' })

  const otherKey = generateDeviceKeys(provider).dh.publicKey
  await store.write(tx => saveRequest(tx, { ...asking(mallory), dh: otherKey }))
  await expect(requests.approve(shown)).rejects.toMatchObject({ code: 'request-changed' })
})

test("Alice's open console lets in by itself whom this very device has invited, and nobody else", async () => {
  const { store, requests, keys, trusted, staged, changes } = await alicesDesk()
  const policy = { approvesInvitations: true, offlineLeaseDays: null, seedAddresses: [] }
  await staged.stage([{ kind: 'change-policy', policy }])
  await changes.sign()
  const told: string[] = []
  requests.onAsked(({ name }) => told.push(name))

  const firstAnswer = async (isOwn: boolean) => {
    const dora = generateDeviceKeys(provider)
    const details = { name: 'Dora', title: '', department: '', email: '', phone: '' }
    const personId = 'd0'.repeat(16) as PersonId
    const times = { issued: now, expires: now + 3_600_000 }
    const organisation = trusted.organisationId
    const written = createInvitation(
      provider,
      { ...details, ...times, organisation, organisationName: 'Hafen & Co', personId, via: [] },
      createSigner(provider, keys.sig),
    )
    const id = invitationIdOf(provider, written.secret)
    // one that another device of an administrator gave out looks the same, but does not stand in this one's table
    if (isOwn) await store.write(tx => insertInvitation(tx, invitationFor('Dora', id, personId)))
    const bytes = createJoinRequest(provider, written, { keys: dora, deviceName: 'PC', now })
    const gone = new AbortController()
    for await (const answer of requests.answer({ device: idOf(dora), bytes, signal: gone.signal }))
      return decodeJoinAnswer(answer).kind
    return 'none'
  }
  expect(await firstAnswer(false)).toBe('pending')
  expect(told).toEqual(['Dora'])
  expect(await firstAnswer(true)).toBe('approved')
  expect(told).toEqual(['Dora']) // of whom was let in nobody has to be told
})
