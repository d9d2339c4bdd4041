import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { generateDeviceKeys, publicKeysOf } from '../../../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../../../src/engine/native-crypto.ts'
import { createNoticeBoard } from '../../../../../src/engine/organisation/boards/notice-board.ts'
import { createProposalBoard } from '../../../../../src/engine/organisation/boards/proposal-board.ts'
import { beginMembership, openMembership } from '../../../../../src/engine/organisation/list/membership.ts'
import { createDeviceVersions } from '../../../../../src/engine/organisation/sync/device-versions.ts'
import { createSync } from '../../../../../src/engine/organisation/sync/sync.ts'
import { encodeSyncFrame } from '../../../../../src/engine/organisation/sync/sync-frame.ts'
import { headerDocument } from '../../../../../src/org/documents/contact-list.ts'
import { orderDocument } from '../../../../../src/org/documents/orders.ts'
import { deviceIdOf, foundOrganisation, versionsOf } from '../../../../../src/org/index.ts'
import { bundleDocument } from '../../../../../src/org/trust/bundle.ts'
import type { DeviceId, PersonId } from '../../../../../src/shared/ids.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const provider = createNativeProvider()
const now = 1_800_000_000_000
const mallory = 'd0'.repeat(32) as DeviceId

const quiet = () => undefined
const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet }

const foundByAlice = async () => {
  const store = openTestStore()
  const keys = generateDeviceKeys(provider)
  const self = 'a1'.repeat(16) as PersonId
  const founder = { personId: self, name: 'Alice', title: '', device: publicKeysOf(keys), deviceName: 'PC' }
  const { trusted } = foundOrganisation(provider, { name: 'Hafen & Co', founder, now })
  await store.write(tx => beginMembership(tx, trusted, self))
  const membership = openMembership({ store, provider, device: deviceIdOf(keys.sig.publicKey), now: () => now })
  if (membership === undefined) throw new Error('Alice has no organisation')
  const init = {
    store,
    provider,
    membership,
    notices: createNoticeBoard({ store, provider, membership, now: () => now, log: silent }),
    proposals: createProposalBoard({ store, provider, membership, log: silent }),
    deviceVersions: createDeviceVersions({ store, now: () => now, log: silent }),
  }
  return { membership, trusted, init }
}

/** Alice connected to Mallory, who answers every request for her bundle with the same bytes. */
const alicesSync = async (bundleOfMallory: (own: Uint8Array) => Uint8Array) => {
  const { membership, trusted, init } = await foundByAlice()
  const bundle = bundleOfMallory(membership.bundle())
  const answer = encodeSyncFrame({ kind: 'bundle', bundle })
  const asked = vi.fn(async () => answer)
  const applied = vi.spyOn(membership, 'apply')
  const sync = createSync({ ...init, ask: asked, connected: () => [mallory], log: silent })
  onTestFinished(sync.stop)
  const claim = (list: number) => sync.onConnected(mallory, { ...versionsOf(trusted), list })
  return { sync, claim, asked, applied, bundle, listed: membership.self.deviceId }
}

describe('for a minute nothing is taken from a device', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())
  const settled = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)))

  test('whose bundle has not what it claims', async () => {
    const { claim, asked, applied } = await alicesSync(own => own)
    for (let list = 2; list < 10; list += 1) {
      claim(list)
      await settled()
    }
    expect([asked.mock.calls.length, applied.mock.calls.length]).toEqual([1, 1])
    vi.advanceTimersByTime(60_000)
    await settled()
    expect(asked).toHaveBeenCalledTimes(2) // it has claimed something else meanwhile
  })

  test('whose bundle no honest device can have', async () => {
    const { sync, applied, bundle, listed } = await alicesSync(own => own.slice(0, -1))
    const push = encodeSyncFrame({ kind: 'bundle', bundle })
    for (let n = 0; n < 5; n += 1) await sync.answer(listed, push)
    expect(applied).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(60_000)
    await sync.answer(listed, push)
    expect(applied).toHaveBeenCalledTimes(2)
  })

  test('which hands over a forged order beside a bundle that is right', async () => {
    const forged = (own: Uint8Array) => {
      const bundle = bundleDocument.decode(own)
      const { organisation } = headerDocument.decode(bundle.list.document)
      const document = orderDocument.encode({
        format: 1,
        organisation,
        number: 1,
        action: 'lock',
        target: new Uint8Array(32),
        issued: now,
        expires: now + 1,
        reason: '',
        rootVersion: 1,
      })
      const signatures = bundle.list.signatures.map(({ key }) => ({ key, signature: new Uint8Array(64) }))
      return bundleDocument.encode({ ...bundle, orders: [{ document, signatures }] })
    }
    const { sync, applied, bundle, listed } = await alicesSync(forged)
    const push = encodeSyncFrame({ kind: 'bundle', bundle })
    for (let n = 0; n < 5; n += 1) await sync.answer(listed, push)
    expect(applied).toHaveBeenCalledTimes(1)
  })
})

test('a fault while documents are fetched is told and ends nothing', async () => {
  const { trusted, init } = await foundByAlice()
  const told: string[] = []
  const sync = createSync({
    ...init,
    ask: () => Promise.reject(new RangeError('a request of more bytes than are allowed')),
    connected: () => [mallory],
    log: { ...silent, error: (_, message) => told.push(message) },
  })
  sync.onConnected(mallory, { ...versionsOf(trusted), list: 2 ** 40 })
  sync.announce()
  await sync.sayFarewell([mallory])
  await vi.waitFor(() => expect(told).toHaveLength(2))
})
