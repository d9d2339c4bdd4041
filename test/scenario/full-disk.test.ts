import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  foundOrganisation,
  joinOrganisation,
  newMessageId,
  openConversation,
  ownDiscoveryPort,
  say,
  startActor,
  untilOnline,
} from '../helpers/actors.ts'
import { mountSmallDisk, smallDiskImpossible } from '../helpers/small-disk.ts'

test.skipIf(smallDiskImpossible !== null)(
  `Bob's disk is full: he is told, nothing is lost, and it passes by itself (${smallDiskImpossible ?? 'on a tmpfs'})`,
  async () => {
    const discoveryPort = ownDiscoveryPort()
    const alice = await startActor('Alice', { discoveryPort })
    await foundOrganisation(alice)
    const disk = mountSmallDisk(8)
    const bob = await startActor('Bob', { discoveryPort, folder: join(disk.folder, 'profile') })
    await joinOrganisation(alice, bob)
    await Promise.all([untilOnline(alice, bob), untilOnline(bob, alice)])
    const before = await say(alice, bob, 'before')
    await bob.untilRows('what came before', ({ messages }) => messages.has(before.id))

    disk.fill()
    const text = 'x'.repeat(16_000)
    const missed = await Promise.all(Array.from({ length: 40 }, (_, number) => say(alice, bob, `${number} ${text}`)))
    await bob.until('the problem', ({ problem }) => problem === 'disk-full')
    const own = { id: newMessageId(), conversationId: await openConversation(bob, alice), text }
    const sending = bob.client().call('message.send', own)
    await openConversation(bob, alice) // what needs no room does not fail with what does
    await expect(sending).rejects.toMatchObject({ code: 'disk-full' })

    disk.makeRoom()
    await bob.until('no problem', ({ problem }) => problem === null)
    await bob.untilRows('everything that was missed', ({ messages }) => missed.every(({ id }) => messages.has(id)))
    await bob.client().call('message.send', own)
    await alice.untilRows("Bob's message", ({ messages }) => messages.has(own.id))
    expect(alice.status().problem).toBeNull()
    await bob.stop() // before its disk goes
  },
)
