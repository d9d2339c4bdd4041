import { expect, test } from 'vitest'
import { createPresence } from '../../../../src/engine/status/presence.ts'
import type { Store } from '../../../../src/engine/storage/store.ts'
import type { DeviceId, PersonId } from '../../../../src/shared/ids.ts'
import { silentLog } from '../../../helpers/silent-log.ts'
import { openTestStore } from '../../../helpers/test-store.ts'

const alice = { personId: 'a1'.repeat(16) as PersonId, deviceId: 'a1'.repeat(32) as DeviceId }
const bob = { personId: 'b2'.repeat(16) as PersonId, deviceId: 'b2'.repeat(32) as DeviceId }
const bobsPhone = 'b3'.repeat(32) as DeviceId

const list = (store: Store, person: PersonId, devices: readonly DeviceId[]) =>
  store.write(tx => {
    tx.run(
      `INSERT INTO people (id, name, title, department, email, phone, devices, is_admin, listed)
       VALUES (?, 'Somebody', '', '', '', '', ?, 0, 1)`,
      person,
      devices.length,
    )
    for (const device of devices)
      tx.run(
        `INSERT INTO devices (id, person_id, dh, name, added_at, listed) VALUES (?, ?, ?, 'PC', 0, 1)`,
        device,
        person,
        new Uint8Array(32),
      )
  })

const ownedBy = (owners: Readonly<Record<DeviceId, PersonId>>) => ({
  self: alice,
  personOf: (device: DeviceId) => owners[device],
})

const lastSeen = (store: Store) =>
  store.get<{ last_seen_at: number | null }>('SELECT last_seen_at FROM people WHERE id = ?', bob.personId)?.last_seen_at

test('Bob is there while one of his devices is, and when he was last seen survives', async () => {
  const store = openTestStore()
  await list(store, alice.personId, [alice.deviceId])
  await list(store, bob.personId, [bob.deviceId, bobsPhone])
  const time = { now: 1_000 }
  const presence = createPresence({
    store,
    directory: ownedBy({ [bob.deviceId]: bob.personId, [bobsPhone]: bob.personId }),
    now: () => time.now,
    log: silentLog,
  })
  const told: PersonId[][] = []
  presence.onChanged(() => told.push(presence.online()))

  presence.onConnected(bob.deviceId)
  presence.onConnected(bobsPhone)
  time.now = 2_000
  presence.onDisconnected(bob.deviceId)
  expect(presence.online()).toEqual([bob.personId])
  time.now = 3_000
  presence.onDisconnected(bobsPhone)
  expect(told).toEqual([[bob.personId], [bob.personId], [bob.personId], []])
  await store.write(() => undefined)
  expect(lastSeen(store)).toBe(3_000)
})

test("strangers and this person's own devices are not colleagues nearby", async () => {
  const store = openTestStore()
  await list(store, alice.personId, [alice.deviceId, bobsPhone])
  const directory = ownedBy({ [alice.deviceId]: alice.personId, [bobsPhone]: alice.personId })
  const presence = createPresence({ store, directory, now: () => 1, log: silentLog })
  presence.onConnected(bobsPhone)
  presence.onConnected('ff'.repeat(32) as DeviceId)
  presence.onDisconnected('ff'.repeat(32) as DeviceId)
  expect(presence.online()).toEqual([])
})
