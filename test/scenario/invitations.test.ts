import { expect, test } from 'vitest'
import {
  approve,
  askToJoin,
  foundOrganisation,
  INVITED_FOR,
  invite,
  joinOrganisation,
  ownDiscoveryPort,
  startActor,
} from '../helpers/actors.ts'

const aliceAndBob = async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  await foundOrganisation(alice)
  const bob = await startActor('Bob', { discoveryPort })
  await bob.client().call('profile.create', { passphrase: null })
  return { alice, bob, discoveryPort }
}

test('a link that is cut off, changed or something else is refused before anything starts', async () => {
  const { alice, bob } = await aliceAndBob()
  const link = await invite(alice, 'Bob')
  const middle = Math.floor(link.length / 2)
  const changed = link.slice(0, middle) + (link[middle] === 'A' ? 'B' : 'A') + link.slice(middle + 1)
  for (const wrong of [link.slice(0, -10), changed, 'https://example.org', '']) {
    await expect(bob.client().call('join.preview', { link: wrong })).rejects.toMatchObject({
      code: 'invitation-malformed',
    })
    await expect(bob.client().call('join.start', { link: wrong, deviceName: 'PC' })).rejects.toMatchObject({
      code: 'invitation-malformed',
    })
  }
  expect(bob.status()).toMatchObject({ joining: null, network: { state: 'stopped' } })
})

test('an invitation that has run out is told on both sides', async () => {
  const { alice, bob } = await aliceAndBob()
  const link = await invite(alice, 'Bob')
  bob.clock.aheadBy = INVITED_FOR + 1_000
  await expect(askToJoin(bob, link)).rejects.toMatchObject({ code: 'invitation-expired' })

  // by Bob's clock it is still good; Alice's word counts
  bob.clock.aheadBy = 0
  alice.clock.aheadBy = INVITED_FOR + 1_000
  await invite(alice, 'Carol') // only with an open invitation are strangers let near at all
  await askToJoin(bob, link)
  const { joining } = await bob.until('an answer', status => status.joining?.state === 'failed')
  expect(joining?.failure).toBe('invitation-expired')
})

test('an invitation lets one person in', async () => {
  const { alice, bob, discoveryPort } = await aliceAndBob()
  const link = await invite(alice, 'Bob')
  await invite(alice, 'Carol') // another one is still out
  await askToJoin(bob, link)
  await approve(alice, 'Bob')
  await bob.until('membership', ({ organisation }) => organisation !== null)

  const mallory = await startActor('Mallory', { discoveryPort })
  await askToJoin(mallory, link)
  const { joining } = await mallory.until('an answer', status => status.joining?.state === 'failed')
  expect(joining?.failure).toBe('invitation-used')
})

test('a withdrawn invitation is unknown, and who waited with it is declined', async () => {
  const { alice, bob, discoveryPort } = await aliceAndBob()
  const link = await invite(alice, 'Bob')
  await invite(alice, 'Carol')
  await askToJoin(bob, link)
  const request = await alice.untilRows("Bob's request", rows => [...rows.joinRequests.values()][0])
  await alice.client().call('invitation.withdraw', { id: request.invitationId })
  const { id, invitationId, words } = request
  await expect(alice.client().call('request.approve', { id, invitationId, words })).rejects.toMatchObject({
    code: 'request-unknown',
  })
  await expect(alice.client().call('invitation.withdraw', { id: request.invitationId })).rejects.toMatchObject({
    code: 'invitation-unknown',
  })
  await bob.until('declined', status => status.joining?.state === 'declined')

  const mallory = await startActor('Mallory', { discoveryPort })
  await askToJoin(mallory, link)
  const { joining } = await mallory.until('an answer', status => status.joining?.state === 'failed')
  expect(joining?.failure).toBe('invitation-unknown')
})

test('who is declined can try again with another invitation', async () => {
  const { alice, bob } = await aliceAndBob()
  await askToJoin(bob, await invite(alice, 'Bob'))
  const request = await alice.untilRows("Bob's request", rows => [...rows.joinRequests.values()][0])
  await alice.client().call('request.decline', { id: request.id })
  await bob.until('declined', status => status.joining?.state === 'declined')
  await bob.client().call('join.cancel', {})
  await bob.until('no request', ({ joining, network }) => joining === null && network.state === 'stopped')

  await joinOrganisation(alice, bob)
})

test('only an administrator invites and approves, and approving needs the key unlocked', async () => {
  const { alice, bob } = await aliceAndBob()
  await joinOrganisation(alice, bob)
  await expect(invite(bob, 'Carol')).rejects.toMatchObject({ code: 'not-admin' })
  await expect(bob.client().call('admin.unlock', { passphrase: 'whatever it may be' })).rejects.toMatchObject({
    code: 'not-admin',
  })

  const { discoveryPort } = { discoveryPort: ownDiscoveryPort() }
  const carol = await startActor('Carol', { discoveryPort })
  await askToJoin(carol, await invite(alice, 'Carol'))
  await alice.client().call('admin.lock', {})
  await alice.until('a locked key', ({ organisation }) => organisation?.adminUnlocked === false)
  await expect(approve(alice, 'Carol')).rejects.toMatchObject({ code: 'admin-locked' })
  await expect(alice.client().call('admin.unlock', { passphrase: 'not the passphrase' })).rejects.toMatchObject({
    code: 'passphrase-wrong',
  })
  await alice.client().call('admin.unlock', { passphrase: 'the keys of the office' })
  await approve(alice, 'Carol')
  // found by the addresses of the invitation: her discovery listens elsewhere
  await carol.until('membership', ({ organisation }) => organisation !== null)
})
