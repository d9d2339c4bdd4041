import { expect, test } from 'vitest'
import { createBudgets } from '../../../../../src/engine/organisation/sync/budgets.ts'
import { encodeSyncFrame } from '../../../../../src/engine/organisation/sync/sync-frame.ts'
import { makeKeyOffer } from '../../../../../src/org/index.ts'
import type { DeviceId } from '../../../../../src/shared/ids.ts'
import { foundOffice, provider } from '../../../../helpers/sync-office.ts'

const mallory = 'd0'.repeat(32) as DeviceId
const bob = 'b0'.repeat(32) as DeviceId

test('what a device has used up comes back with time, and others are not touched', () => {
  const time = { passed: 0 }
  const budgets = createBudgets({ burst: 3, perMinute: 2, elapsed: () => time.passed })
  budgets.spend(mallory, 3)
  expect([budgets.hasAny(mallory), budgets.hasAny(bob)]).toEqual([false, true])
  time.passed = 29_000
  expect(budgets.hasAny(mallory)).toBe(false)
  time.passed = 31_000
  expect(budgets.hasAny(mallory)).toBe(true)
  time.passed = 86_400_000
  budgets.spend(mallory, 3)
  expect(budgets.hasAny(mallory)).toBe(false)
})

test('an endless row of offers, each newer than the last, is not spread', async () => {
  const office = await foundOffice()
  const { alice, time } = office
  const thief = await office.join('Bob')
  const offers = Array.from(
    { length: 250 },
    (_, n) =>
      makeKeyOffer(
        provider,
        {
          organisation: alice.membership.trusted().organisationId,
          personId: thief.personId,
          offeredAt: time.now + n,
          until: time.now + 3_600_000,
          seeds: { contacts: provider.randomBytes(32), freshness: provider.randomBytes(32), root: null },
        },
        thief.keys,
      ).bytes,
  )
  let taken = 0
  alice.notices.onChanged(() => {
    taken += 1
  })
  for (const bytes of offers)
    await alice.answer(thief.device, encodeSyncFrame({ kind: 'notices-lacking', notices: [bytes] }))
  expect(alice.notices.ofKind('key-offer')).toHaveLength(1)
  expect(taken).toBeLessThan(230)
})
