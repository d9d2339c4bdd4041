import { expect, onTestFinished, test } from 'vitest'
import { createSigner, generateDeviceKeys } from '../../../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../../../src/engine/native-crypto.ts'
import { createJoining } from '../../../../../src/engine/organisation/joining/joining.ts'
import { createInvitation, deviceIdOf, encodeInvitation } from '../../../../../src/org/index.ts'
import { createNetwork } from '../../../../../src/p2p/index.ts'
import type { OrganisationId, PersonId } from '../../../../../src/shared/ids.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const provider = createNativeProvider()
const now = () => 1_800_000_000_000
const alicesKeys = generateDeviceKeys(provider)
const alice = deviceIdOf(alicesKeys.sig.publicKey)

const invitation = encodeInvitation(
  provider,
  createInvitation(
    provider,
    {
      organisation: '07'.repeat(32) as OrganisationId,
      organisationName: 'Hafen & Co',
      personId: 'b0'.repeat(16) as PersonId,
      name: 'Bob',
      title: '',
      department: '',
      email: '',
      phone: '',
      via: [{ device: alice, name: 'Alice', addresses: [] }],
      issued: now(),
      expires: now() + 3_600_000,
    },
    createSigner(provider, alicesKeys.sig),
  ),
)

test('who joins sees that the administrator is near before anything is connected, and when they have gone', async () => {
  const keys = generateDeviceKeys(provider)
  const network = createNetwork({
    identitySeed: keys.sig.seed,
    discovery: 'off',
    admit: () => 'refused',
    memberDevices: () => [],
    hello: () => new Uint8Array(),
    log: silentLog,
  })
  const store = openTestStore()
  const joining = createJoining({
    store,
    provider,
    keys,
    network,
    now,
    log: silentLog,
    onJoined: async () => undefined,
  })
  onTestFinished(joining.stop)
  const administrator = () => joining.status()?.administrators
  let changes = 0
  joining.onNearby(alice, true) // heard before Bob has opened his invitation
  joining.onNearby(alice, false)
  await joining.start(invitation, 'PC')
  joining.onChanged(() => {
    changes += 1
  })
  expect(administrator()).toEqual([{ name: 'Alice', isReachable: false }])
  joining.onNearby(alice, true)
  expect(administrator()).toEqual([{ name: 'Alice', isReachable: true }])
  expect(joining.status()?.state).toBe('searching')
  joining.onNearby(alice, false)
  expect(administrator()).toEqual([{ name: 'Alice', isReachable: false }])
  expect(changes).toBe(2)
})
