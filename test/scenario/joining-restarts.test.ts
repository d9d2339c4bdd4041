import { expect, test } from 'vitest'
import {
  approve,
  askToJoin,
  foundOrganisation,
  invite,
  ownDiscoveryPort,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'

const aliceAndBobAsking = async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  await foundOrganisation(alice)
  const bob = await startActor('Bob', { discoveryPort })
  await askToJoin(bob, await invite(alice, 'Bob'))
  await bob.until('waiting', ({ joining }) => joining?.state === 'waiting')
  await alice.untilRows("Bob's request", ({ joinRequests }) => joinRequests.size === 1)
  return { alice, bob }
}

test('Bob restarts while he waits: he asks again by himself', async () => {
  const { alice, bob } = await aliceAndBobAsking()
  await bob.restart()
  await bob.until('waiting again', ({ joining }) => joining?.state === 'waiting')
  await approve(alice, 'Bob')
  await bob.until('membership', ({ organisation }) => organisation !== null)
  await untilOnline(alice, bob)
})

test('Alice restarts while Bob waits: the request is still there, and he hears the answer', async () => {
  const { alice, bob } = await aliceAndBobAsking()
  await alice.stop()
  await bob.until('searching', ({ joining }) => joining?.state === 'searching')
  await alice.restart()
  expect(alice.status().organisation).toMatchObject({ isAdmin: true, adminUnlocked: false })
  await alice.client().call('admin.unlock', { passphrase: 'the keys of the office' })
  await approve(alice, 'Bob')
  await bob.until('membership', ({ organisation }) => organisation !== null)
})

test('Bob is away when Alice approves: he gets his answer when he comes back', async () => {
  const { alice, bob } = await aliceAndBobAsking()
  await bob.stop()
  await alice.untilRows('Bob gone', ({ joinRequests }) => [...joinRequests.values()].some(each => !each.isConnected))
  await approve(alice, 'Bob')
  await alice.until('two people', ({ organisation }) => organisation?.list.people === 2)
  await bob.restart()
  await bob.until('membership', ({ organisation }) => organisation !== null)
  await Promise.all([untilOnline(alice, bob), untilOnline(bob, alice)])
})

test('members find each other again after both have restarted', async () => {
  const { alice, bob } = await aliceAndBobAsking()
  await approve(alice, 'Bob')
  await bob.until('membership', ({ organisation }) => organisation !== null)
  await Promise.all([alice.restart(), bob.restart()])
  expect(bob.status()).toMatchObject({ organisation: { membership: 'member', list: { version: 2 } }, joining: null })
  await Promise.all([untilOnline(alice, bob), untilOnline(bob, alice)])
})
