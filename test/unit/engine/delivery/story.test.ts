import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { MessageId } from '../../../../src/shared/ids.ts'
import { conversationRow, createDeliveryWorld, until } from '../../../helpers/delivery-world.ts'
import { testFolder } from '../../../helpers/test-store.ts'

const start = async () => {
  const world = createDeliveryWorld()
  const alice = await world.addPerson()
  const bob = await world.addPerson()
  return { world, alice, bob }
}

test('Alice writes, Bob stores it, Alice learns that it is delivered, then read', async () => {
  const { world, alice, bob } = await start()
  world.connect(alice, bob)
  const sent = await alice.send(bob, 'Good morning')
  expect(sent.state).toBe('queued')
  await until(() => alice.message(sent.id)?.state === 'delivered')
  expect(bob.texts(alice)).toEqual(['Good morning'])
  expect(bob.message(sent.id)).toMatchObject({ author: alice.personId, state: 'received', order: sent.order })
  expect(bob.received.map(({ id }) => id)).toEqual([sent.id])
  expect(conversationRow(bob, alice)).toMatchObject({ unread: 1, latest: { id: sent.id } })

  await bob.delivery.markRead(sent.conversationId, sent.order)
  await until(() => alice.message(sent.id)?.state === 'read')
  expect(conversationRow(bob, alice)).toMatchObject({ unread: 0, readUpTo: sent.order })
  expect(conversationRow(alice, bob)?.latest?.state).toBe('read')
})

test('Bob is away: messages wait through a restart of Alice and arrive in order when he is back', async () => {
  const { world, alice, bob } = await start()
  for (let i = 0; i < 20; i++) await alice.send(bob, `waiting ${i}`)
  await alice.restart()
  world.connect(alice, bob)
  await until(() => bob.texts(alice).length === 20)
  expect(bob.texts(alice)).toEqual(Array.from({ length: 20 }, (_, i) => `waiting ${i}`))
  await until(() => conversationRow(alice, bob)?.latest?.state === 'delivered')
})

test('both write at once, before there is a session: nothing is lost, and they go on in one session', async () => {
  const { world, alice, bob } = await start()
  await Promise.all([alice.send(bob, 'a1'), alice.send(bob, 'a2'), bob.send(alice, 'b1'), bob.send(alice, 'b2')])
  world.connect(alice, bob)
  await until(() => bob.texts(alice).length === 4 && alice.texts(bob).length === 4)
  const last = await alice.send(bob, 'a3')
  await until(() => alice.message(last.id)?.state === 'delivered')
  expect(bob.texts(alice)).toEqual(alice.texts(bob))
})

test('more than a window waits: everything arrives, in order, once', async () => {
  const { world, alice, bob } = await start()
  const texts = Array.from({ length: 1_300 }, (_, i) => `m${i}`)
  await Promise.all(texts.map(text => alice.send(bob, text)))
  world.connect(alice, bob)
  await until(() => conversationRow(alice, bob)?.latest?.state === 'delivered')
  expect(bob.texts(alice)).toEqual(texts)
  expect(bob.received.map(({ text }) => text)).toEqual(texts)
})

test('every acknowledgement is lost once: the same bytes go again, and nothing is stored twice', async () => {
  const { world, alice, bob } = await start()
  const seen = new Map<string, number>()
  world.connect(alice, bob)
  world.meddleWith((from, _to, frame) => {
    if (from === bob.deviceId && frame[1] === 2) return undefined
    if (from === alice.deviceId) seen.set(Buffer.from(frame).toString('hex'), 1)
    return frame
  })
  const sent = await alice.send(bob, 'once')
  await until(() => bob.texts(alice).length === 1)
  world.disconnect(alice, bob)
  const before = new Set([...seen.keys()].filter(hex => hex.startsWith('8301')))
  world.leaveAlone()
  const again: string[] = []
  world.meddleWith((from, _to, frame) => {
    if (from === alice.deviceId && frame[1] === 1) again.push(Buffer.from(frame).toString('hex'))
    return frame
  })
  world.connect(alice, bob)
  await until(() => alice.message(sent.id)?.state === 'delivered')
  expect(again).toEqual([...before])
  expect(bob.texts(alice)).toEqual(['once'])
  expect(bob.received).toHaveLength(1)
})

test("Bob's profile comes back from an old copy: the sessions heal, and nothing unacknowledged is lost", async () => {
  const { world, alice, bob } = await start()
  world.connect(alice, bob)
  const first = await alice.send(bob, 'before the copy')
  await until(() => alice.message(first.id)?.state === 'delivered')
  const answer = await bob.send(alice, 'answer before the copy')
  await until(() => bob.message(answer.id)?.state === 'delivered')
  world.disconnect(alice, bob)
  const copy = join(testFolder(), 'copy.db')
  await bob.restart()
  copyFileSync(bob.profilePath, copy)
  world.connect(alice, bob)
  for (let i = 0; i < 5; i++) {
    const sent = await alice.send(bob, `lost with the disk ${i}`)
    await until(() => alice.message(sent.id)?.state === 'delivered')
    const back = await bob.send(alice, `answer ${i}`)
    await until(() => bob.message(back.id)?.state === 'delivered')
  }
  world.disconnect(alice, bob)
  await bob.restart(copy)
  await alice.send(bob, 'after the copy')
  await bob.send(alice, 'I am back')
  world.connect(alice, bob)
  await until(() => bob.texts(alice).includes('after the copy') && alice.texts(bob).includes('I am back'))
  const last = await alice.send(bob, 'healed')
  await until(() => alice.message(last.id)?.state === 'delivered')
})

test('a reset of Mallory, or one that was heard before, changes nothing', async () => {
  const { world, alice, bob } = await start()
  world.connect(alice, bob)
  const sent = await alice.send(bob, 'hello')
  await until(() => alice.message(sent.id)?.state === 'delivered')
  await alice.delivery.onFrame(bob.deviceId, Uint8Array.of(0x82, 0x03, 0x43, 1, 2, 3))
  expect(alice.delivery.drops().malformed).toBe(1)
  const next = await alice.send(bob, 'still here')
  await until(() => alice.message(next.id)?.state === 'delivered')
})

test('the same id with the same text is the same message; with another text it is refused', async () => {
  const { alice, bob } = await start()
  const id = 'c'.repeat(32) as MessageId
  const first = await alice.send(bob, 'once', id)
  expect(await alice.send(bob, 'once', id)).toEqual(first)
  await expect(alice.send(bob, 'twice', id)).rejects.toMatchObject({ code: 'bad-input' })
  expect(alice.texts(bob)).toEqual(['once'])
})

test('an empty and an oversized text are refused before anything is stored', async () => {
  const { alice, bob } = await start()
  await expect(alice.send(bob, ' \n ')).rejects.toMatchObject({ code: 'message-empty' })
  await expect(alice.send(bob, 'ä'.repeat(8_193))).rejects.toMatchObject({ code: 'message-too-long' })
  expect(alice.texts(bob)).toEqual([])
})

test('Alice takes back what still waits; what is on its way stays', async () => {
  const { world, alice, bob } = await start()
  const waiting = await alice.send(bob, 'never mind')
  await alice.delivery.cancel(waiting.id)
  expect(alice.message(waiting.id)).toBeNull()
  expect(conversationRow(alice, bob)?.latest).toBeNull()
  world.connect(alice, bob)
  const sent = await alice.send(bob, 'this one')
  await until(() => alice.message(sent.id)?.state === 'delivered')
  await expect(alice.delivery.cancel(sent.id)).rejects.toMatchObject({ code: 'message-sent' })
  await expect(alice.delivery.cancel(waiting.id)).rejects.toMatchObject({ code: 'message-unknown' })
  expect(bob.texts(alice)).toEqual(['this one'])
})

test('reading goes only forward, and one receipt stands for many', async () => {
  const { world, alice, bob } = await start()
  world.connect(alice, bob)
  const sent = await Promise.all(Array.from({ length: 10 }, (_, i) => alice.send(bob, `m${i}`)))
  await until(() => bob.texts(alice).length === 10)
  world.disconnect(alice, bob)
  for (const { conversationId, order } of [...sent, ...sent.toReversed()])
    await bob.delivery.markRead(conversationId, order)
  const rows = bob.store.all<{ n: number }>('SELECT count(*) AS n FROM outbox WHERE message_id IS NULL')
  expect(rows).toEqual([{ n: 1 }])
  world.connect(alice, bob)
  await until(() => sent.every(({ id }) => alice.message(id)?.state === 'read'))
})

test('a removed device gets nothing more, and what could reach nobody fails visibly', async () => {
  const { world, alice, bob } = await start()
  const sent = await alice.send(bob, 'too late')
  await world.remove(bob.deviceId)
  expect(alice.message(sent.id)).toMatchObject({ state: 'failed', failure: 'person-unknown' })
  expect(alice.store.all('SELECT * FROM outbox')).toEqual([])
  await expect(alice.send(bob, 'again')).rejects.toMatchObject({ code: 'person-unknown' })
})

test('the process ends between a list and what it means for messages: the next start makes up for it', async () => {
  const { world, alice, bob } = await start()
  const carol = await world.addPerson()
  world.connect(alice, bob)
  const arrived = await alice.send(bob, 'before')
  await until(() => alice.message(arrived.id)?.state === 'delivered')
  world.disconnect(alice, bob)
  const toBob = await alice.send(bob, 'too late')
  const toCarol = await alice.send(carol, 'for whichever device is there')
  for (const { deviceId } of [bob, carol]) world.removeUnheard(deviceId)
  const tablet = await world.addPerson(carol.personId)

  await alice.restart()
  expect(alice.message(toBob.id)).toMatchObject({ state: 'failed', failure: 'person-unknown' })
  expect(alice.store.all('SELECT device_id FROM channels')).toEqual([])
  world.connect(alice, tablet)
  await until(() => alice.message(toCarol.id)?.state === 'delivered')
  expect(tablet.texts(alice)).toEqual(['for whichever device is there'])
})

test('a store that takes nothing keeps no list from taking effect: what it means for messages waits', async () => {
  const { world, alice, bob } = await start()
  const sent = await alice.send(bob, 'too late')
  alice.store.close()
  await world.remove(bob.deviceId)
  await alice.restart()
  expect(alice.message(sent.id)).toMatchObject({ state: 'failed', failure: 'person-unknown' })
})

test('a second device of Alice learns what she writes and how it fares', async () => {
  const { world, alice, bob } = await start()
  const tablet = await world.addPerson(alice.personId)
  world.connect(alice, bob)
  world.connect(alice, tablet)
  const sent = await alice.send(bob, 'from the desk')
  await until(() => tablet.message(sent.id)?.state === 'delivered')
  expect(tablet.message(sent.id)).toMatchObject({ author: alice.personId, text: 'from the desk' })
  expect(tablet.received).toEqual([])
  expect(conversationRow(tablet, bob)?.unread).toBe(0)
})

test("a colleague's clock of next year cannot keep a message at the end of the conversation", async () => {
  const { world, alice, bob } = await start()
  alice.clock.now += 365 * 86_400_000
  world.connect(alice, bob)
  const early = await alice.send(bob, 'from the future')
  await until(() => bob.message(early.id) !== null)
  bob.clock.now += 1_000
  const answer = await bob.send(alice, 'your clock is off')
  expect(bob.texts(alice)).toEqual(['from the future', 'your clock is off'])
  await until(() => bob.message(answer.id)?.state === 'delivered')
})

test('frames that cannot be read are counted, and who keeps sending them is hung up on', async () => {
  const { world, alice, bob: mallory } = await start()
  world.connect(alice, mallory)
  for (let i = 0; i < 20; i++) await alice.delivery.onFrame(mallory.deviceId, Uint8Array.of(0xff, i))
  expect(alice.delivery.drops().malformed).toBe(20)
  expect(world.offenders).toEqual([mallory.deviceId])
})

test('what Bob would refuse is refused before it is stored: the composer keeps the text', async () => {
  const { alice, bob } = await start()
  await expect(alice.send(bob, `a${'\u0330'.repeat(65)}`)).rejects.toMatchObject({ code: 'message-unreadable' })
  expect(alice.texts(bob)).toEqual([])
})

test('an invisible mark of a pasted file is left out, and the message arrives', async () => {
  const { world, alice, bob } = await start()
  world.connect(alice, bob)
  await alice.send(bob, '\ufeffpasted')
  await until(() => bob.texts(alice).length === 1)
  expect(bob.texts(alice)).toEqual(['pasted'])
})
