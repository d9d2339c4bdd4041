import { expect, test } from 'vitest'
import {
  approve,
  askToJoin,
  foundOrganisation,
  idOf,
  invite,
  joinOrganisation,
  ownDiscoveryPort,
  say,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'

const HOUR = 3_600_000

test('Alice founds an organisation, Bob joins it, and both see each other', async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  const words = await foundOrganisation(alice)
  expect(words).toHaveLength(24)
  expect(alice.status().organisation).toMatchObject({
    name: 'Hafen & Co',
    isAdmin: true,
    adminUnlocked: true,
    membership: 'member',
    list: { version: 1, people: 1, signedBy: ['Alice'], freshness: 'fresh', forked: false },
  })

  const bob = await startActor('Bob', { discoveryPort })
  const link = await invite(alice, 'Bob')
  expect(await bob.client().call('join.preview', { link })).toMatchObject({ organisation: 'Hafen & Co', name: 'Bob' })
  await askToJoin(bob, link)
  const { joining } = await bob.until('waiting for Alice', status => status.joining?.state === 'waiting')
  const request = await alice.untilRows("Bob's request", rows => [...rows.joinRequests.values()][0])
  expect(request).toMatchObject({ name: 'Bob', deviceName: "Bob's PC", isConnected: true, words: joining?.words })

  await approve(alice, 'Bob')
  const joined = await bob.until('membership', status => status.organisation !== null)
  expect(joined).toMatchObject({
    joining: null,
    organisation: { name: 'Hafen & Co', isAdmin: false, list: { version: 2, people: 2 } },
  })
  await Promise.all([untilOnline(alice, bob), untilOnline(bob, alice)])
  await bob.untilRows('Alice among the people', ({ people }) => people.get(idOf(alice))?.isAdmin)
  await alice.untilRows('no request any more', ({ joinRequests }) => joinRequests.size === 0)
  await alice.untilRows('a used invitation', rows =>
    [...rows.invitations.values()].every(({ state }) => state === 'used'),
  )

  const number = await alice.client().call('person.safetyNumber', { personId: idOf(bob) })
  expect(await bob.client().call('person.safetyNumber', { personId: idOf(alice) })).toEqual(number)
})

test("Bob's clock is an hour off: he joins and is heard all the same, and both are told", async () => {
  const discoveryPort = ownDiscoveryPort()
  const alice = await startActor('Alice', { discoveryPort })
  await foundOrganisation(alice)
  const bob = await startActor('Bob', { discoveryPort })
  bob.clock.aheadBy = HOUR
  await joinOrganisation(alice, bob)
  await Promise.all([untilOnline(alice, bob), untilOnline(bob, alice)])
  const isAboutAnHour = (difference: number) => Math.abs(difference - HOUR) < 60_000
  await bob.until('his clock told', ({ network }) => isAboutAnHour(network.clockAheadBy))
  await alice.until('the clocks told', ({ network }) => isAboutAnHour(-network.clockAheadBy))

  const question = await say(bob, alice, 'Are you there?')
  await alice.untilRows('the question', ({ messages }) => messages.has(question.id))
  const answer = await say(alice, bob, 'Yes')
  const { messages } = await bob.untilRows('the answer', rows => rows.messages.has(answer.id) && rows)
  expect(messages.get(answer.id)?.text).toBe('Yes')
})
