import { expect, test } from 'vitest'
import { createSigner, type DeviceKeys, generateDeviceKeys, publicKeysOf } from '../../../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../../../src/engine/native-crypto.ts'
import { insertInvitation } from '../../../../../src/engine/organisation/joining/invitation-rows.ts'
import { createExamination } from '../../../../../src/engine/organisation/joining/join-examination.ts'
import { decideRequest, saveRequest } from '../../../../../src/engine/organisation/joining/join-request-rows.ts'
import { beginMembership, openMembership } from '../../../../../src/engine/organisation/list/membership.ts'
import {
  createInvitation,
  createJoinRequest,
  deviceIdOf,
  encodeInvitation,
  foundOrganisation,
  type Invitation,
  type InvitationDetails,
  invitationIdOf,
  type ListEdit,
  prepareList,
  publishList,
  signList,
} from '../../../../../src/org/index.ts'
import type { OrganisationId, PersonId } from '../../../../../src/shared/ids.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const provider = createNativeProvider()
const now = 1_800_000_000_000
const HOUR = 3_600_000
const idOf = (keys: DeviceKeys) => deviceIdOf(keys.sig.publicKey)

/** Alice's device with her organisation, and an invitation for Bob that is out. */
const alicesDesk = async () => {
  const store = openTestStore()
  const keys = generateDeviceKeys(provider)
  const self = 'a1'.repeat(16) as PersonId
  const founder = { personId: self, name: 'Alice', title: '', device: publicKeysOf(keys), deviceName: 'PC' }
  const { adminSeed, trusted } = foundOrganisation(provider, { name: 'Hafen & Co', founder, now })
  await store.write(tx => beginMembership(tx, trusted, self))
  const membership = openMembership({ store, provider, device: idOf(keys), now: () => now })
  if (membership === undefined) throw new Error('Alice has no organisation')
  const time = { now }
  const examination = createExamination({
    store,
    provider,
    membership,
    notices: { all: () => [] },
    now: () => time.now,
  })

  const write = (change: Partial<InvitationDetails> = {}, sig = keys.sig): Invitation =>
    createInvitation(
      provider,
      {
        organisation: trusted.organisationId,
        organisationName: 'Hafen & Co',
        personId: 'b0'.repeat(16) as PersonId,
        name: 'Bob',
        title: '',
        department: '',
        email: '',
        phone: '',
        via: [],
        issued: now,
        expires: now + HOUR,
        ...change,
      },
      createSigner(provider, sig),
    )
  const invite = async (): Promise<Invitation> => {
    const invitation = write()
    await store.write(tx =>
      insertInvitation(tx, {
        id: invitationIdOf(provider, invitation.secret),
        person_id: invitation.personId,
        link: encodeInvitation(provider, invitation),
        name: 'Bob',
        title: '',
        department: '',
        email: '',
        phone: '',
        created_at: now,
        expires_at: now + HOUR,
        state: 'open',
      }),
    )
    return invitation
  }
  const edit = (edits: readonly ListEdit[]) =>
    membership.change(trusted =>
      publishList(
        provider,
        trusted,
        signList(provider, prepareList(provider, trusted, { edits }, now), adminSeed),
        now,
      ),
    )
  return { store, examination, write, invite, edit, time }
}

const request = (invitation: Invitation, keys: DeviceKeys) =>
  createJoinRequest(provider, invitation, { keys, deviceName: "Bob's PC", now })
const refusedWith = (code: string) => ({ kind: 'answer', answer: { kind: 'refused', code } })

test("Bob's request waits for a person", async () => {
  const { examination, invite } = await alicesDesk()
  const bob = generateDeviceKeys(provider)
  const invitation = await invite()
  expect(examination.examine(idOf(bob), request(invitation, bob))).toMatchObject({
    kind: 'wait',
    row: { device_id: idOf(bob), device_name: "Bob's PC", state: 'waiting', requested_at: now },
  })
})

test("Mallory cannot play Bob's request from her own device, nor make one without the secret", async () => {
  const { examination, write, invite } = await alicesDesk()
  const [bob, mallory] = [generateDeviceKeys(provider), generateDeviceKeys(provider)]
  const invitation = await invite()
  expect(examination.examine(idOf(mallory), request(invitation, bob))).toEqual(refusedWith('document-malformed'))
  const guessed = { ...invitation, secret: provider.randomBytes(32) }
  expect(examination.examine(idOf(mallory), request(guessed, mallory))).toEqual(refusedWith('invitation-unknown'))
  const asAlice = write({ personId: 'a1'.repeat(16) as PersonId }, mallory.sig)
  expect(examination.examine(idOf(mallory), request(asAlice, mallory))).toEqual(refusedWith('invitation-unknown'))
  const elsewhere = write({ organisation: 'ff'.repeat(32) as OrganisationId })
  expect(examination.examine(idOf(mallory), request(elsewhere, mallory))).toEqual(refusedWith('wrong-organisation'))
  for (const bytes of [new Uint8Array(), new Uint8Array(100), request(invitation, mallory).subarray(1)])
    expect(examination.examine(idOf(mallory), bytes)).toEqual(refusedWith('document-malformed'))
})

test('an invitation runs out by the clock of the administrator', async () => {
  const { examination, invite, time } = await alicesDesk()
  const bob = generateDeviceKeys(provider)
  const invitation = await invite()
  time.now = now + HOUR
  expect(examination.examine(idOf(bob), request(invitation, bob))).toEqual(refusedWith('invitation-expired'))
})

test('a link that goes around does not fill the screen: four devices may ask with it', async () => {
  const { examination, invite, store } = await alicesDesk()
  const invitation = await invite()
  const devices = Array.from({ length: 5 }, () => generateDeviceKeys(provider))
  const kinds: string[] = []
  for (const keys of devices) {
    const examined = examination.examine(idOf(keys), request(invitation, keys))
    kinds.push(examined.kind)
    if (examined.kind === 'wait') await store.write(tx => saveRequest(tx, examined.row))
  }
  expect(kinds).toEqual(['wait', 'wait', 'wait', 'wait', 'answer'])
  const [first] = devices
  if (first === undefined) throw new Error('No device asked')
  expect(examination.examine(idOf(first), request(invitation, first)).kind).toBe('wait')
})

test('a decision is told as often as it is asked for; with another invitation the declined may ask anew', async () => {
  const { examination, invite, store } = await alicesDesk()
  const bob = generateDeviceKeys(provider)
  const invitation = await invite()
  const examined = examination.examine(idOf(bob), request(invitation, bob))
  if (examined.kind === 'answer') throw new Error('Bob has his answer already')
  await store.write(tx => {
    saveRequest(tx, examined.row)
    decideRequest(tx, idOf(bob), 'declined')
  })
  for (let again = 0; again < 2; again++)
    expect(examination.examine(idOf(bob), request(invitation, bob))).toEqual({
      kind: 'answer',
      answer: { kind: 'declined', notice: null },
    })
  expect(examination.examine(idOf(bob), request(await invite(), bob)).kind).toBe('wait')
})

test('a device that was removed never comes back by an invitation', async () => {
  const { examination, invite, edit } = await alicesDesk()
  const bob = generateDeviceKeys(provider)
  const personId = 'b0'.repeat(16) as PersonId
  const details = { title: '', department: '', email: '', phone: '', photoHash: null, roles: [] }
  const device = {
    id: idOf(bob),
    sig: bob.sig.publicKey,
    dh: bob.dh.publicKey,
    name: 'PC',
    addedAt: now,
    invitation: null,
  }
  await edit([
    { kind: 'put-person', person: { ...details, personId, name: 'Bob' } },
    { kind: 'add-device', personId, device },
  ])
  const invitation = await invite()
  expect(examination.examine(idOf(bob), request(invitation, bob))).toMatchObject({ answer: { kind: 'approved' } })
  await edit([{ kind: 'remove-device', deviceId: idOf(bob), reason: 'stolen' }])
  expect(examination.examine(idOf(bob), request(invitation, bob))).toEqual({
    kind: 'answer',
    answer: { kind: 'declined', notice: null },
  })
})
