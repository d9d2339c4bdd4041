import { expect, test } from 'vitest'
import { createDevicesPage } from '../../../../src/engine/administration/devices-page.ts'
import { createDeviceVersions } from '../../../../src/engine/organisation/sync/device-versions.ts'
import type { DeviceId } from '../../../../src/shared/ids.ts'
import { silentLog } from '../../../helpers/silent-log.ts'
import { foundOffice } from '../../../helpers/sync-office.ts'

const DAY = 86_400_000

test('which device has which version, who is behind, and who was not seen for long', async () => {
  const office = await foundOffice()
  const { alice, time } = office
  const [bob, carol, dave] = [await office.join('Bob'), await office.join('Carol'), await office.join('Dave')]
  const now = () => time.now
  const versions = createDeviceVersions({ store: alice.store, now, log: silentLog })
  versions.note(carol.device, 2)
  time.now += 20 * DAY
  versions.note(bob.device, 4)
  await versions.stop()
  const restored = createDeviceVersions({ store: alice.store, now, log: silentLog })
  const page = createDevicesPage({
    trusted: alice.membership.trusted,
    versions: restored,
    self: alice.device,
    connected: () => [bob.device],
    now,
  })

  const all = page({ show: 'all', after: null, limit: 100 })
  expect(all.counts).toEqual({ all: 4, upToDate: 2, behind: 1, unseen: 2 })
  const of = (id: DeviceId) => all.devices.find(device => device.id === id)
  expect(of(alice.device)).toMatchObject({ listVersion: 4, isThisDevice: true, isOnline: true, name: 'Alice' })
  expect(of(bob.device)).toMatchObject({ listVersion: 4, isOnline: true, seenAt: time.now })
  expect(of(carol.device)).toMatchObject({ listVersion: 2, isOnline: false, seenAt: time.now - 20 * DAY })
  expect(of(dave.device)).toMatchObject({ listVersion: null, seenAt: null })
  expect(page({ show: 'behind', after: null, limit: 100 }).devices.map(({ id }) => id)).toEqual([carol.device])
  const unseen = page({ show: 'unseen', after: null, limit: 100 }).devices.map(({ id }) => id)
  expect(unseen).toEqual([carol.device, dave.device].sort())

  const first = page({ show: 'all', after: null, limit: 3 })
  const second = page({ show: 'all', after: first.next, limit: 3 })
  expect([...first.devices, ...second.devices]).toEqual(all.devices)
  expect(second.next).toBeNull()
})
