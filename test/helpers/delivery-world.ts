import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type DeviceKeys, generateDeviceKeys, toHex } from '../../src/crypto/index.ts'
import { createOrderClock } from '../../src/engine/clock.ts'
import { ensureConversation, readConversation } from '../../src/engine/conversations/conversation-rows.ts'
import { directConversationId } from '../../src/engine/conversations/direct-id.ts'
import { highestPlace, readMessage, readMessagesBefore } from '../../src/engine/conversations/message-rows.ts'
import { createDelivery, type Delivery, type Directory, type Link } from '../../src/engine/delivery/index.ts'
import { createNativeProvider } from '../../src/engine/native-crypto.ts'
import { openStore, type Store } from '../../src/engine/storage/store.ts'
import type { Message } from '../../src/shared/contract/entities.ts'
import {
  type ConversationId,
  type DeviceId,
  type MessageId,
  newMessageId,
  type PersonId,
} from '../../src/shared/ids.ts'
import { silentLog } from './silent-log.ts'
import { testFolder, testKey } from './test-store.ts'

const provider = createNativeProvider()

export interface TestPerson {
  personId: PersonId
  deviceId: DeviceId
  keys: DeviceKeys
  /** Milliseconds since 1970 by this person's clock. */
  clock: { now: number }
  store: Store
  delivery: Delivery
  /** What was told as newly received, in order. */
  received: Message[]
  conversationWith(other: TestPerson): Promise<ConversationId>
  send(other: TestPerson, text: string, id?: MessageId): Promise<Message>
  message(id: MessageId): Message | null
  texts(other: TestPerson): string[]
  /** Opens the same profile (or the file at `path`) again, as after a crash. */
  restart(path?: string): Promise<void>
  profilePath: string
}

/** A frame on its way: change it, or answer undefined to lose it. */
export type Meddler = (from: DeviceId, to: DeviceId, frame: Uint8Array) => Uint8Array | undefined

/**
 * People with a device each, real stores and real sessions, and wires between them that the test plugs and pulls. A
 * frame arrives in a later turn of the event loop, as on a socket.
 */
export const createDeliveryWorld = () => {
  const people = new Map<DeviceId, TestPerson>()
  const removed = new Set<DeviceId>()
  const wires = new Set<string>()
  const offenders: DeviceId[] = []
  let meddle: Meddler = (_from, _to, frame) => frame
  const wire = (a: DeviceId, b: DeviceId) => [a, b].sort().join()

  const directoryOf = (self: Directory['self']): Directory => ({
    self,
    personOf: device => (removed.has(device) ? undefined : people.get(device)?.personId),
    devicesOf: person =>
      [...people.values()].filter(p => p.personId === person && !removed.has(p.deviceId)).map(p => p.deviceId),
    isListed: person => [...people.values()].some(p => p.personId === person && !removed.has(p.deviceId)),
    keysOf(device) {
      const known = people.get(device)
      return known && !removed.has(device) ? { sig: known.keys.sig.publicKey, dh: known.keys.dh.publicKey } : undefined
    },
  })

  const linkOf = (from: DeviceId): Link => ({
    send(to, frame) {
      if (!wires.has(wire(from, to))) return false
      const passed = meddle(from, to, frame)
      if (passed !== undefined)
        setImmediate(() => wires.has(wire(from, to)) && void people.get(to)?.delivery.onFrame(from, passed))
      return true
    },
    offend: device => offenders.push(device),
  })

  const deliveryOf = (person: TestPerson) =>
    createDelivery({
      store: person.store,
      provider,
      keys: person.keys,
      directory: directoryOf({ personId: person.personId, deviceId: person.deviceId }),
      link: linkOf(person.deviceId),
      clock: createOrderClock({
        now: () => person.clock.now,
        device: person.deviceId,
        last: highestPlace(person.store),
      }),
      now: () => person.clock.now,
      log: silentLog,
      onReceived: message => person.received.push(message),
    })

  const addPerson = async (personId = toHex(provider.randomBytes(16)) as PersonId): Promise<TestPerson> => {
    const keys = generateDeviceKeys(provider)
    const profilePath = join(testFolder(), 'profile.db')
    const deviceId = toHex(keys.sig.publicKey) as DeviceId
    const person: TestPerson = {
      personId,
      deviceId,
      keys,
      profilePath,
      clock: { now: 1_700_000_000_000 },
      store: openStore({ path: profilePath, key: testKey }),
      delivery: undefined as never, // set below, before anybody sees the person
      received: [],
      async conversationWith(other) {
        const id = directConversationId(provider, personId, other.personId)
        await person.store.write(tx => ensureConversation(tx, { id, personId: other.personId, now: person.clock.now }))
        return id
      },
      async send(other, text, id = newMessageId(person.clock.now, provider.randomBytes(10))) {
        return person.delivery.send({ id, conversationId: await person.conversationWith(other), text })
      },
      message: id => readMessage(person.store, id),
      texts: other =>
        readMessagesBefore(person.store, {
          conversationId: directConversationId(provider, personId, other.personId),
          before: null,
          limit: 100_000,
        })
          .map(({ text }) => text)
          .reverse(),
      async restart(path = person.profilePath) {
        for (const other of people.values()) world.disconnect(person, other)
        await person.delivery.stop()
        person.store.close()
        person.profilePath = path
        person.store = openStore({ path, key: testKey })
        person.delivery = await deliveryOf(person)
      },
    }
    people.set(deviceId, person)
    person.delivery = await deliveryOf(person)
    onTestFinished(async () => {
      await person.delivery.stop()
      person.store.close()
    })
    return person
  }

  const world = {
    addPerson,
    connect(a: TestPerson, b: TestPerson): void {
      wires.add(wire(a.deviceId, b.deviceId))
      a.delivery.onDeviceConnected(b.deviceId)
      b.delivery.onDeviceConnected(a.deviceId)
    },
    disconnect(a: TestPerson, b: TestPerson): void {
      if (!wires.delete(wire(a.deviceId, b.deviceId))) return
      a.delivery.onDeviceDisconnected(b.deviceId)
      b.delivery.onDeviceDisconnected(a.deviceId)
    },
    meddleWith(next: Meddler): void {
      meddle = next
    },
    leaveAlone(): void {
      meddle = (_from, _to, frame) => frame
    },
    /** By a new list, of which delivery has not heard yet. */
    removeUnheard(device: DeviceId): void {
      removed.add(device)
    },
    async remove(device: DeviceId): Promise<void> {
      removed.add(device)
      for (const person of people.values())
        if (person.deviceId !== device) await person.delivery.onDevicesRemoved([device])
    },
    /** Devices that somebody has hung up on. */
    offenders,
  }
  return world
}

/** Waits until something is so, looking again after each turn of the event loop; the test's own limit ends it. */
export const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve))
}

export const conversationRow = (person: TestPerson, other: TestPerson) =>
  readConversation(person.store, directConversationId(provider, person.personId, other.personId))
