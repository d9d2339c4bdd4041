import { expect, onTestFinished, test } from 'vitest'
import { generateDeviceKeys, publicKeysOf } from '../../../../../src/crypto/index.ts'
import { createNativeProvider } from '../../../../../src/engine/native-crypto.ts'
import { createLease } from '../../../../../src/engine/organisation/list/lease.ts'
import { beginMembership, openMembership } from '../../../../../src/engine/organisation/list/membership.ts'
import {
  deviceIdOf,
  foundOrganisation,
  issueFreshness,
  prepareList,
  publishList,
  signList,
} from '../../../../../src/org/index.ts'
import type { PersonId } from '../../../../../src/shared/ids.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'

const provider = createNativeProvider()
const DAY = 86_400_000
const MONDAY = 1_800_000_000_000
const self = 'a1'.repeat(16) as PersonId

/** Alice's office, whose policy closes messages 10 days after the list stops being fresh. */
const aliceWithLease = async () => {
  const store = openTestStore()
  const time = { now: MONDAY, passed: 0 }
  const keys = generateDeviceKeys(provider)
  const founder = { personId: self, name: 'Alice', title: '', device: publicKeysOf(keys), deviceName: 'PC' }
  const founded = foundOrganisation(provider, { name: 'Hafen & Co', founder, now: MONDAY })
  await store.write(tx => beginMembership(tx, founded.trusted, self))
  const membership = openMembership({
    store,
    provider,
    device: deviceIdOf(keys.sig.publicKey),
    now: () => time.now,
  })
  if (membership === undefined) throw new Error('Alice has no organisation')
  await membership.change(trusted => {
    const policy = { ...trusted.policy.value, offlineLeaseDays: 10 }
    const draft = signList(provider, prepareList(provider, trusted, { edits: [], policy }, MONDAY), founded.adminSeed)
    return publishList(provider, trusted, draft, MONDAY)
  })
  const open = () => {
    const lease = createLease({
      store,
      membership,
      now: () => time.now,
      elapsed: () => time.passed,
      log: silentLog,
    })
    onTestFinished(() => lease.stop())
    return lease
  }
  const vouch = (now: number) =>
    membership.change(trusted => issueFreshness(provider, trusted, founded.freshnessSeed, now, { joinsUntil: 0 }))
  return { time, open, vouch, membership }
}

test('messages close when nobody has vouched for the list for longer than the policy allows, and open again by news', async () => {
  const { time, open, vouch } = await aliceWithLease()
  const lease = open()
  const told: boolean[] = []
  lease.onChanged(() => told.push(lease.isOver()))
  expect(lease.endsAt()).toBe(MONDAY + 17 * DAY)

  time.now = MONDAY + 17 * DAY - 1
  await lease.look()
  expect(() => lease.assertLasts()).not.toThrow()
  time.now += 1
  await lease.look()
  expect(() => lease.assertLasts()).toThrowError(expect.objectContaining({ code: 'lease-over' }))

  await vouch(time.now)
  expect(lease.isOver()).toBe(false)
  expect(told).toEqual([true, false])
})

test('a clock that is set back gives no more time, over a restart too', async () => {
  const { time, open } = await aliceWithLease()
  const lease = open()
  time.now = MONDAY + 20 * DAY
  await lease.look()
  time.now = MONDAY
  expect(lease.isOver()).toBe(true)
  await lease.stop()
  expect(open().isOver()).toBe(true)
})

test('a clock that was ahead once locks only until somebody is heard of', async () => {
  const { time, open, vouch } = await aliceWithLease()
  const lease = open()
  time.now = MONDAY + 10_000 * DAY
  await lease.look()
  time.now = MONDAY + DAY
  expect(lease.isOver()).toBe(true)
  await vouch(time.now)
  expect(lease.isOver()).toBe(false)
})

test('a clock that is set back every evening does not keep messages open', async () => {
  const { time, open } = await aliceWithLease()
  const lease = open()

  for (let day = 0; day < 17; day++) {
    expect(lease.isOver()).toBe(false)
    time.passed += DAY
    time.now = MONDAY
    await lease.look()
  }

  expect(lease.isOver()).toBe(true)
})
