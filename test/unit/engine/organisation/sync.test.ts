import { expect, test, vi } from 'vitest'
import { generateDeviceKeys, publicKeysOf } from '../../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../../src/engine/native-crypto.ts'
import { beginMembership, openMembership } from '../../../../src/engine/organisation/membership.ts'
import { createSync } from '../../../../src/engine/organisation/sync.ts'
import { deviceIdOf, foundOrganisation, versionsOf } from '../../../../src/org/index.ts'
import type { DeviceId, PersonId } from '../../../../src/shared/ids.ts'
import { openTestStore } from '../../../helpers/test-store.ts'

const provider = createNativeProvider()
const now = 1_800_000_000_000
const mallory = 'd0'.repeat(32) as DeviceId

test('a fault while documents are fetched is told and ends nothing', async () => {
  const store = openTestStore()
  const keys = generateDeviceKeys(provider)
  const self = 'a1'.repeat(16) as PersonId
  const founder = { personId: self, name: 'Alice', title: '', device: publicKeysOf(keys), deviceName: 'PC' }
  const { trusted } = foundOrganisation(provider, { name: 'Hafen & Co', founder, now })
  await store.write(tx => beginMembership(tx, trusted, self))
  const device = deviceIdOf(keys.sig.publicKey)
  const membership = openMembership({ store, provider, device, now: () => now })
  if (membership === undefined) throw new Error('Alice has no organisation')
  const told: string[] = []
  const quiet = () => undefined
  const sync = createSync({
    membership,
    ask: () => Promise.reject(new RangeError('a request of more bytes than are allowed')),
    connected: () => [mallory],
    log: { debug: quiet, info: quiet, warn: quiet, error: (_, message) => told.push(message) },
  })
  sync.onConnected(mallory, { ...versionsOf(trusted), list: 2 ** 40 })
  sync.announce()
  await sync.sayFarewell([mallory])
  await vi.waitFor(() => expect(told).toHaveLength(2))
})
