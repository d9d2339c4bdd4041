import { expect, test } from 'vitest'
import {
  createSigner,
  type DeviceKeys,
  generateDeviceKeys,
  publicKeysOf,
  toHex,
} from '../../../../../src/crypto/index.ts'
import { createAdministration } from '../../../../../src/engine/administration/administration.ts'
import { createNativeProvider } from '../../../../../src/engine/native-crypto.ts'
import { createNoticeBoard } from '../../../../../src/engine/organisation/boards/notice-board.ts'
import { createProposalBoard } from '../../../../../src/engine/organisation/boards/proposal-board.ts'
import { insertInvitation } from '../../../../../src/engine/organisation/joining/invitation-rows.ts'
import { createInvitations } from '../../../../../src/engine/organisation/joining/invitations.ts'
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
  noticeOfRequest,
  prepareList,
  publishList,
  signList,
} from '../../../../../src/org/index.ts'
import { issueCertificate } from '../../../../../src/org/joining/certificate.ts'
import { LanyardError } from '../../../../../src/shared/errors.ts'
import type { PersonId } from '../../../../../src/shared/ids.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const provider = createNativeProvider()
const now = 1_800_000_000_000
const idOf = (keys: DeviceKeys) => deviceIdOf(keys.sig.publicKey)
const self = 'a1'.repeat(16) as PersonId
const carl = 'ca'.repeat(16) as PersonId
const newPersonId = () => toHex(provider.randomBytes(16)) as PersonId
type Asking = Parameters<typeof createJoinRequest>[1]
const text = { title: '', department: '', email: '', phone: '' }

/** Alice and her laptop, which was stolen; Carl is on the list, and Alice approves what she has invited. */
const desk = async (approvesInvitations: boolean) => {
  const store = openTestStore()
  const [keys, laptop] = [generateDeviceKeys(provider), generateDeviceKeys(provider)]
  const [carls, mallory] = [generateDeviceKeys(provider), generateDeviceKeys(provider)]
  const founder = { personId: self, name: 'Alice', title: '', device: publicKeysOf(keys), deviceName: 'PC' }
  const { adminSeed, trusted: first } = foundOrganisation(provider, { name: 'Hafen & Co', founder, now })
  const device = (k: DeviceKeys) => ({ id: idOf(k), ...publicKeysOf(k), name: 'PC', addedAt: now, invitation: null })
  const draft = prepareList(
    provider,
    first,
    {
      edits: [
        { kind: 'add-device', personId: self, device: device(laptop) },
        {
          kind: 'put-person',
          person: { personId: carl, name: 'Carl, managing director', ...text, photoHash: null, roles: [] },
        },
        { kind: 'add-device', personId: carl, device: device(carls) },
      ],
      policy: { ...first.policy.value, approvesInvitations },
    },
    now,
  )
  const { trusted } = publishList(provider, first, signList(provider, draft, adminSeed), now)
  const wrapped = await wrapAdminKey(provider, adminSeed, 'correct horse battery')
  await store.write(tx => {
    beginMembership(tx, trusted, self)
    keepAdminKey(tx, wrapped)
  })
  const membership = openMembership({ store, provider, device: idOf(keys), now: () => now })
  if (membership === undefined) throw new Error('Alice has no organisation')
  const adminKey = createAdminKey({ store, provider, isInForce: () => true, now: () => now })
  adminKey.hold(adminSeed)
  const notices = createNoticeBoard({ store, provider, membership, now: () => now, log: silentLog })
  const proposals = createProposalBoard({ store, provider, membership, log: silentLog })
  const init = { store, provider, keys, membership, adminKey, notices, now: () => now, log: silentLog }
  const { changes, staged } = createAdministration({ ...init, proposals })
  const requests = createJoinRequests({ ...init, changes, staged })
  const invite = (issuer: DeviceKeys, personId: PersonId, name: string) =>
    createInvitation(
      provider,
      {
        organisation: trusted.organisationId,
        organisationName: 'Hafen & Co',
        personId,
        name,
        ...text,
        via: [],
        issued: now,
        expires: now + 3_600_000,
      },
      createSigner(provider, issuer.sig),
    )
  const ask = (invitation: Asking, who: DeviceKeys, at = now) =>
    requests
      .answer({
        device: idOf(who),
        bytes: createJoinRequest(provider, invitation, { keys: who, deviceName: 'PC', now: at }),
        signal: new AbortController().signal,
      })
      [Symbol.asyncIterator]()
      .next()
  /** Of this desk, and still out. */
  const openHere = async (name: string) => {
    const invitation = invite(keys, newPersonId(), name)
    const { personId, expires } = invitation
    const id = invitationIdOf(provider, invitation.secret)
    const row = { id, person_id: personId, name, ...text, created_at: now, expires_at: expires, link: 'lanyard:join/' }
    await store.write(tx => insertInvitation(tx, { ...row, state: 'open' }))
    return invitation
  }
  const noticeOf = (invitation: Asking, who: DeviceKeys) =>
    noticeOfRequest(provider, createJoinRequest(provider, invitation, { keys: who, deviceName: 'PC', now }))
  return {
    init: { ...init, changes, staged },
    store,
    membership,
    notices,
    requests,
    laptop,
    carls,
    mallory,
    invite,
    openHere,
    ask,
    noticeOf,
    trusted,
  }
}

test('an invitation of Alice lets nobody in with a certificate of the stolen laptop for its key', async () => {
  const { membership, requests, laptop, mallory, ask, openHere, trusted } = await desk(true)
  // Mallory was invited by Alice herself, as a trainee
  const own = await openHere('Trainee')
  // and has Alice's laptop: a certificate for the same key, which says Carl
  const signed = issueCertificate(
    {
      organisation: trusted.organisationId,
      key: provider.ed25519PublicKey(own.secret),
      personId: carl,
      name: 'Carl',
      ...text,
      issued: now,
      expires: now + 80 * 86_400_000,
    },
    createSigner(provider, laptop.sig),
  )
  const answer = await ask({ secret: own.secret, signed }, mallory)
  expect(decodeJoinAnswer(answer.value as Uint8Array)).toEqual({ kind: 'refused', code: 'invitation-unknown' })
  expect(requests.waiting()).toEqual([])
  expect(
    membership
      .trusted()
      .people.get(carl)
      ?.devices.map(({ id }) => id),
  ).not.toContain(idOf(mallory))
})

test('a request shows the person on the list that gets the device, not what a certificate calls them', async () => {
  const { requests, laptop, mallory, invite, ask } = await desk(false)
  await ask(invite(laptop, carl, 'Trainee Tim'), mallory)
  expect(requests.find(idOf(mallory))?.name).toBe('Carl, managing director')
})

test('of requests with invitations of one stolen device no more wait than are carried', async () => {
  const { requests, notices, laptop, invite, ask } = await desk(false)
  for (let i = 0; i < 130; i += 1) await ask(invite(laptop, newPersonId(), 'Tim'), generateDeviceKeys(provider))
  expect(notices.all()).toHaveLength(128)
  await requests.takeNotices()
  expect(requests.waiting().length).toBeLessThanOrEqual(128)
})

test('a carried request that the list does not take keeps nobody else from being let in', async () => {
  const { membership, notices, requests, carls, mallory, openHere, noticeOf } = await desk(true)
  const [poison, honest] = [await openHere('Mallory'), await openHere('Bob')]
  const bob = generateDeviceKeys(provider)
  // Mallory says that her device has Carl's key
  await notices.add(noticeOf(poison, { sig: mallory.sig, dh: carls.dh }).bytes)
  await notices.add(noticeOf(honest, bob).bytes)
  await requests.takeNotices()
  expect(membership.trusted().devices.has(idOf(bob))).toBe(true)
  expect(requests.waiting().map(({ id }) => id)).toEqual([idOf(mallory)])
})

/** How often something goes around among colleagues while this is done. */
const countNews = async (notices: { onChanged(listener: () => void): () => void }, work: () => Promise<void>) => {
  let news = 0
  const stop = notices.onChanged(() => {
    news += 1
  })
  await work()
  stop()
  return news
}

test('whoever has one link asks without end, each time a little earlier: what came first goes around, and no more', async () => {
  const { notices, requests, laptop, mallory, invite, ask } = await desk(false)
  const leaked = invite(laptop, newPersonId(), 'Tim')
  const ofOne = await countNews(notices, async () => {
    for (let n = 0; n < 30; n += 1) await ask(leaked, mallory, now - n)
  })
  expect(ofOne).toBe(1)
  const ofMany = await countNews(notices, async () => {
    for (let n = 100; n < 130; n += 1) await ask(leaked, generateDeviceKeys(provider), now - n)
  })
  expect(ofMany).toBe(3)
  expect(requests.waiting()).toHaveLength(4)
})

test('a device for which there is no room is turned away, and keeps no line', async () => {
  const { laptop, invite, ask } = await desk(false)
  const leaked = invite(laptop, newPersonId(), 'Tim')
  const kinds: unknown[] = []
  for (let n = 0; n < 6; n += 1) {
    const { value } = await ask(leaked, generateDeviceKeys(provider))
    kinds.push(decodeJoinAnswer(value as Uint8Array).kind)
  }
  expect(kinds).toEqual(['pending', 'pending', 'pending', 'pending', 'refused', 'refused'])
})

test('the same request again, and one with another key, change nothing of what Alice looks at', async () => {
  const { store, requests, mallory, openHere, ask } = await desk(false)
  const own = await openHere('Tim')
  await ask(own, mallory)
  const shown = requests.find(idOf(mallory))
  let commits = 0
  store.onChanged(() => {
    commits += 1
  })
  for (let n = 0; n < 10; n += 1) {
    await ask(own, mallory)
    await ask(own, { sig: mallory.sig, dh: generateDeviceKeys(provider).dh })
  }
  expect(requests.find(idOf(mallory))?.words).toEqual(shown?.words)
  expect(commits).toBeLessThan(10)
})

test('a device that asks with two invitations has one request, and it does not jump to and fro', async () => {
  const { store, requests, mallory, notices, openHere, noticeOf, ask } = await desk(false)
  const [first, second] = [await openHere('Tim'), await openHere('Tom')]
  await notices.add(noticeOf(first, mallory).bytes)
  await ask(second, mallory, now + 1_000)
  let commits = 0
  store.onChanged(() => {
    commits += 1
  })
  for (let n = 0; n < 5; n += 1) await requests.takeNotices()
  expect(requests.find(idOf(mallory))?.name).toBe('Tom')
  expect(commits).toBe(0)
})

test('a word that finds no room on the disk is not said here alone: Alice can say it again', async () => {
  const { init, mallory, openHere, ask } = await desk(false)
  const own = await openHere('Tim')
  await ask(own, mallory)
  const noRoom = () => Promise.reject(new LanyardError('disk-full', 'No room', { retryable: true }))
  const full = { ...init, notices: { ...init.notices, add: noRoom } }
  const [invitations, requests] = [createInvitations({ ...full, addresses: () => [] }), createJoinRequests(full)]
  const id = invitationIdOf(provider, own.secret)
  await expect(invitations.withdraw(id)).rejects.toMatchObject({ code: 'disk-full' })
  expect(invitations.find(id)?.state).toBe('open')
  await expect(requests.decline(idOf(mallory))).rejects.toMatchObject({ code: 'disk-full' })
  expect(requests.find(idOf(mallory))).not.toBeNull()
})
