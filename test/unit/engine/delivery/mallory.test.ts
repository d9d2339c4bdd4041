import { expect, test } from 'vitest'
import { decodePrekeySecrets, encodeCanonical, fromHex } from '../../../../src/crypto/index.ts'
import { directConversationId } from '../../../../src/engine/conversations/direct-id.ts'
import { MAX_UNOPENABLE } from '../../../../src/engine/delivery/constants.ts'
import { type Content, encodeContent } from '../../../../src/engine/delivery/content.ts'
import { createNativeProvider } from '../../../../src/engine/native-crypto.ts'
import { readDocument } from '../../../../src/engine/storage/documents.ts'
import type { EnvelopeId, MessageId, MessageOrder } from '../../../../src/shared/ids.ts'
import { createDeliveryWorld, type TestPerson, until } from '../../../helpers/delivery-world.ts'

const provider = createNativeProvider()
const hex = (number: number) => number.toString(16).padStart(32, '0')

/** Mallory is on the list and has a session; she puts into it what her program would never write. */
const smuggle = (mallory: TestPerson, to: TestPerson, contents: readonly Uint8Array[]) =>
  mallory.store.write(tx => {
    contents.forEach((content, n) => {
      tx.run(
        'INSERT INTO outbox (device_id, envelope_id, message_id, content, created_at) VALUES (?, ?, NULL, ?, ?)',
        to.deviceId,
        hex(n + 1) as EnvelopeId,
        content,
        mallory.clock.now,
      )
    })
  })

const startThree = async () => {
  const world = createDeliveryWorld()
  const alice = await world.addPerson()
  const bob = await world.addPerson()
  const mallory = await world.addPerson()
  return { world, alice, bob, mallory }
}

test("Mallory's contents are opened, refused, counted and gone; nothing of them is stored", async () => {
  const { world, alice, bob, mallory } = await startThree()
  world.connect(alice, bob)
  const queued = await alice.send(bob, 'between Alice and Bob')
  await until(() => alice.message(queued.id)?.state === 'delivered')

  const order = hex(mallory.clock.now) as MessageOrder
  const text = { id: hex(77) as MessageId, order, sentAt: mallory.clock.now, text: 'in the name of Bob' }
  const foreign = directConversationId(provider, alice.personId, bob.personId)
  const own = directConversationId(provider, alice.personId, mallory.personId)
  const contents: Content[] = [
    { kind: 'text', ...text, conversationId: foreign },
    { kind: 'copy', ...text, conversationId: own, to: mallory.personId },
    { kind: 'read', conversationId: foreign, upTo: queued.id, order },
    { kind: 'delivered', ids: [queued.id] },
    { kind: 'cancelled', id: queued.id },
  ]
  const tooLong = encodeCanonical([1, fromHex(hex(5)), fromHex(own), fromHex(order), 5, 'x'.repeat(17_000)])
  await smuggle(mallory, alice, [...contents.map(encodeContent), tooLong, Uint8Array.of(1, 2, 3)])
  world.connect(mallory, alice)
  await until(() => alice.delivery.drops().unacceptable === contents.length + 2)
  await until(() => mallory.store.all('SELECT 1 FROM outbox').length === 0)
  expect(alice.texts(bob)).toEqual(['between Alice and Bob'])
  expect(alice.message(queued.id)?.state).toBe('delivered')
  expect(alice.texts(mallory)).toEqual([])
  const after = await mallory.send(alice, 'an honest word')
  await until(() => mallory.message(after.id)?.state === 'delivered')
})

test('a content of a later version is acknowledged, counted, and the session goes on', async () => {
  const { world, alice, mallory } = await startThree()
  await smuggle(mallory, alice, [encodeCanonical([99, 'from the future'])])
  world.connect(mallory, alice)
  await until(() => alice.delivery.drops()['unknown-kind'] === 1)
  await until(() => mallory.store.all('SELECT 1 FROM outbox').length === 0)
})

test("Mallory acknowledges what was sent to Bob: Alice's message stays queued", async () => {
  const { world, alice, bob, mallory } = await startThree()
  world.connect(alice, mallory)
  const sent = await alice.send(bob, 'for Bob alone')
  const [row] = alice.store.all<{ envelope_id: string }>('SELECT envelope_id FROM outbox')
  if (row === undefined) throw new Error('the outbox is empty')
  await alice.delivery.onFrame(mallory.deviceId, encodeCanonical([2, [fromHex(row.envelope_id)]]))
  expect(alice.message(sent.id)?.state).toBe('queued')
  world.connect(alice, bob)
  await until(() => alice.message(sent.id)?.state === 'delivered')
})

test('a removed colleague is heard no longer', async () => {
  const { world, alice, mallory } = await startThree()
  world.connect(alice, mallory)
  const before = await mallory.send(alice, 'before')
  await until(() => mallory.message(before.id)?.state === 'delivered')
  await world.remove(mallory.deviceId)
  await mallory.delivery.send({ ...before, id: hex(9) as MessageId, text: 'after' }).catch(() => undefined)
  expect(alice.texts(mallory)).toEqual(['before'])
  expect(alice.store.all('SELECT 1 FROM channels')).toEqual([])
})

test('a burst of frames that nobody can read is not read to its end', async () => {
  const { world, alice, mallory } = await startThree()
  world.connect(alice, mallory)
  await Promise.all(Array.from({ length: 1_000 }, () => alice.delivery.onFrame(mallory.deviceId, Uint8Array.of(0xff))))
  expect(alice.delivery.drops().malformed).toBe(20)
  expect(world.offenders).toEqual([mallory.deviceId])
})

test('a flood of envelopes that nobody can open is not tried to its end', async () => {
  const { world, alice, mallory } = await startThree()
  world.connect(alice, mallory)
  const flood = Array.from({ length: MAX_UNOPENABLE + 600 }, (_, n) =>
    encodeCanonical([1, fromHex(hex(n)), Uint8Array.of(0xff)]),
  )
  await Promise.all(flood.map(frame => alice.delivery.onFrame(mallory.deviceId, frame)))
  expect(world.offenders).toEqual([mallory.deviceId])
  const tried = alice.delivery.drops().unopenable
  await alice.delivery.onFrame(mallory.deviceId, encodeCanonical([1, fromHex(hex(0)), Uint8Array.of(0xff)]))
  expect(alice.delivery.drops().unopenable).toBe(tried)
})

test("Mallory claims again and again that Alice's prekeys are gone: those that Bob holds stay good", async () => {
  const { world, alice, bob, mallory } = await startThree()
  world.connect(alice, bob)
  world.connect(alice, mallory)
  for (let n = 1; n <= 20; n++) {
    alice.clock.now += 6_000
    const handshake = encodeCanonical([provider.randomBytes(32), 2 ** 40, null, provider.randomBytes(1_088)])
    const sealed = encodeCanonical([1, provider.randomBytes(60), handshake, provider.randomBytes(50)])
    await alice.delivery.onFrame(mallory.deviceId, encodeCanonical([1, fromHex(hex(n)), sealed]))
  }
  expect(alice.delivery.drops().unopenable).toBe(20)
  const kept = readDocument(alice.store, 'prekeys')
  expect(kept && decodePrekeySecrets(kept).epochs.length).toBeLessThanOrEqual(2)
  const sent = await bob.send(alice, 'at last')
  await until(() => bob.message(sent.id)?.state === 'delivered')
  expect(alice.delivery.drops().unopenable).toBe(20)
})

test('resets that are not hers to make cost Mallory the connection', async () => {
  const { world, alice, mallory } = await startThree()
  world.connect(alice, mallory)
  const statement = encodeCanonical([encodeCanonical([1, 2, 3]), provider.randomBytes(64)])
  for (let n = 0; n < 20; n++) await alice.delivery.onFrame(mallory.deviceId, encodeCanonical([3, statement]))
  expect(world.offenders).toEqual([mallory.deviceId])
})

test('Mallory says to have read what Alice has not even written: it counts as delivered when it is', async () => {
  const { world, alice, mallory } = await startThree()
  const conversationId = await alice.conversationWith(mallory)
  const end = 'f'.repeat(32) as MessageOrder
  await smuggle(mallory, alice, [
    encodeContent({ kind: 'read', conversationId, upTo: hex(9) as MessageId, order: end }),
  ])
  world.connect(alice, mallory)
  await until(() => mallory.store.all('SELECT 1 FROM outbox').length === 0)
  const sent = await alice.send(mallory, 'later')
  await until(() => alice.message(sent.id)?.state !== 'queued')
  expect(alice.message(sent.id)?.state).toBe('delivered')
})
