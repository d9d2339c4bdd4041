import { expect, test } from 'vitest'
import {
  adminPassphrase,
  foundOrganisation,
  joinOrganisation,
  openConversation,
  ownDiscoveryPort,
  say,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'

const DAY = 86_400_000

test('without word of an administrator messages close, and open again when there is one', async () => {
  const options = { discoveryPort: ownDiscoveryPort() }
  const alice = await startActor('Alice', options)
  await foundOrganisation(alice)
  const bob = await startActor('Bob', options)
  await joinOrganisation(alice, bob)
  await alice.client().call('admin.unlock', { passphrase: adminPassphrase })
  const policy = { approvesInvitations: false, offlineLeaseDays: 10, seedAddresses: [] }
  await alice.client().call('changes.stage', { edits: [{ kind: 'change-policy', policy }] })
  await alice.client().call('changes.sign', {})
  await bob.until('the lease', ({ organisation }) => organisation?.leaseEndsAt !== null)
  await untilOnline(bob, alice)
  await say(bob, alice, 'See you in a month')
  const conversationId = await openConversation(bob, alice)
  await bob.untilRows('the message', ({ conversations }) => conversations.get(conversationId)?.latest)

  await alice.stop()
  bob.clock.aheadBy = 30 * DAY
  await bob.restart()
  const closed = await bob.until('the end of the lease', ({ organisation }) => organisation?.isLeaseOver === true)
  expect(closed.organisation?.list.freshness).toBe('stale')
  const page = { conversationId, before: null, limit: 10 }
  await expect(bob.client().call('message.page', page)).rejects.toMatchObject({ code: 'lease-over' })
  await expect(say(bob, alice, 'Hello?')).rejects.toMatchObject({ code: 'lease-over' })
  await bob.untilRows(
    'people, and nothing that was said',
    ({ people, conversations, messages }) => people.size === 2 && conversations.size === 0 && messages.size === 0,
  )

  alice.clock.aheadBy = 30 * DAY
  await alice.restart()
  await bob.until('word of Alice', ({ organisation }) => organisation?.isLeaseOver === false)
  await bob.untilRows('the conversation', ({ conversations }) => conversations.get(conversationId)?.latest)
  const { messages } = await bob.client().call('message.page', page)
  expect(messages.map(({ text }) => text)).toEqual(['See you in a month'])
})
