import { expect, onTestFinished, test } from 'vitest'
import { createSigner, generateDeviceKeys, publicKeysOf } from '../../src/crypto/index.ts'
import { createNativeProvider } from '../../src/engine/native-crypto.ts'
import {
  createInvitation,
  deviceIdOf,
  encodeBundle,
  encodeInvitation,
  encodeJoinAnswer,
  foundOrganisation as foundDocuments,
  type TrustedState,
} from '../../src/org/index.ts'
import { createNetwork, JOIN_PROTOCOL } from '../../src/p2p/index.ts'
import type { PersonId } from '../../src/shared/ids.ts'
import { askToJoin, ownDiscoveryPort, startActor } from '../helpers/actors.ts'
import { silentLog } from '../helpers/silent-log.ts'

const provider = createNativeProvider()
const personId = (byte: string) => byte.repeat(16) as PersonId

/** Mallory answers where the invitation sends Bob, with whatever bundle the test gives her. */
const startMallory = async (answerWith: (trusted: TrustedState) => Uint8Array) => {
  const keys = generateDeviceKeys(provider)
  const device = deviceIdOf(keys.sig.publicKey)
  const { trusted } = foundDocuments(provider, {
    name: 'Hafen & Co',
    founder: { personId: personId('aa'), name: 'Alice', title: '', device: publicKeysOf(keys), deviceName: 'PC' },
    now: Date.now(),
  })
  const network = createNetwork({
    identitySeed: keys.sig.seed,
    discovery: 'off',
    listen: { hosts: ['127.0.0.1'] },
    admit: () => 'join-only',
    memberDevices: () => [],
    hello: () => new Uint8Array(),
    log: silentLog,
  })
  network.handle(JOIN_PROTOCOL, async () => encodeJoinAnswer({ kind: 'approved', bundle: answerWith(trusted) }))
  await network.start()
  onTestFinished(() => network.stop())
  const link = encodeInvitation(
    provider,
    createInvitation(
      provider,
      {
        organisation: trusted.organisationId,
        organisationName: 'Hafen & Co',
        personId: personId('bb'),
        name: 'Bob',
        title: '',
        department: '',
        email: '',
        phone: '',
        via: [{ device, name: 'Alice', addresses: network.addresses() }],
        issued: Date.now(),
        expires: Date.now() + 3_600_000,
      },
      createSigner(provider, keys.sig),
    ),
  )
  return link
}

const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

test.each([
  [
    'with a bit changed in the middle',
    (trusted: TrustedState) => {
      const bundle = encodeBundle(trusted)
      return flipped(bundle, Math.floor(bundle.length / 2))
    },
  ],
  ['cut off', (trusted: TrustedState) => encodeBundle(trusted).subarray(0, 200)],
  ['on which Bob does not stand', encodeBundle],
  [
    'of another organisation',
    () => {
      const keys = generateDeviceKeys(provider)
      const founder = {
        personId: personId('aa'),
        name: 'Alice',
        title: '',
        device: publicKeysOf(keys),
        deviceName: 'PC',
      }
      return encodeBundle(foundDocuments(provider, { name: 'Hafen & Co', founder, now: Date.now() }).trusted)
    },
  ],
])('Mallory answers with a list %s: Bob believes nothing of it', async (_, answerWith) => {
  const link = await startMallory(answerWith)
  const bob = await startActor('Bob', { discoveryPort: ownDiscoveryPort(), discovery: 'off' })
  await askToJoin(bob, link)
  const { joining, organisation } = await bob.until('an answer', status => status.joining?.state === 'failed')
  expect(organisation).toBeNull()
  expect(joining?.failure).toMatch(/^(document-malformed|signature-missing|wrong-organisation)$/)
  expect(bob.rows().people.size).toBe(0)
})
