import { expect, onTestFinished, test, vi } from 'vitest'
import { toHex } from '../../../../../src/crypto/index.ts'
import { createBudgets } from '../../../../../src/engine/organisation/sync/budgets.ts'
import { encodeSyncFrame } from '../../../../../src/engine/organisation/sync/sync-frame.ts'
import { makeDecline, makeKeyOffer, makeWithdrawal } from '../../../../../src/org/index.ts'
import { isLanyardError } from '../../../../../src/shared/errors.ts'
import type { DeviceId, InvitationId } from '../../../../../src/shared/ids.ts'
import { type Colleague, foundOffice, provider, until } from '../../../../helpers/sync-office.ts'

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

/** More statements than a device may bring at once, as after a month in which many were invited. */
const sayMuch = async ({ membership, notices, keys, device }: Colleague, now: number) => {
  const { organisationId: organisation } = membership.trusted()
  const bytes: Uint8Array[] = []
  for (let n = 0; n < 125; n += 1) {
    const invitation = toHex(provider.randomBytes(16)) as InvitationId
    const said = { organisation, invitation, issued: now + n, until: now + 86_400_000 }
    bytes.push(
      makeWithdrawal(provider, said, keys).bytes,
      makeDecline(provider, { ...said, device: mallory }, keys).bytes,
    )
  }
  const { refused } = await notices.addAll(bytes)
  expect(refused.map(({ message }) => message)).toEqual([])
  expect(device).not.toBe(mallory)
  return bytes.length
}

test.each(['the lower', 'the higher'])(
  'who comes back to a board that is full gets all of it in time, whichever device is %s',
  async which => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const office = await foundOffice()
    const { alice, time } = office
    let bob = await office.join('Bob')
    while (bob.device < alice.device !== (which === 'the lower')) bob = await office.join('Bob')
    const all = await sayMuch(alice, time.now)
    office.connect(alice, bob)
    await until('the first of them', () => bob.notices.all().length >= 200)
    expect(bob.notices.all().length).toBeLessThan(all)
    for (let minute = 0; minute < 5 && bob.notices.all().length < all; minute += 1) {
      const before = bob.notices.all().length
      await vi.advanceTimersByTimeAsync(61_000)
      await until('some more', () => bob.notices.all().length > before)
    }
    expect(bob.notices.all()).toHaveLength(all)
  },
)

test('a colleague who asks without end is not answered without end, whatever the question, and others are', async () => {
  const office = await foundOffice()
  const { alice } = office
  const [bob, carol] = [await office.join('Bob'), await office.join('Carol')]
  const nonsense = new Uint8Array(2 * 1024 * 1024)
  const codes: unknown[] = []
  for (let asked = 0; asked < 400; asked += 1)
    await alice.answer(bob.device, nonsense).catch((error: unknown) => isLanyardError(error) && codes.push(error.code))
  expect(codes).toHaveLength(400)
  // of 64 each
  expect(codes.indexOf('network-failed')).toBeGreaterThan(250)
  expect(codes.indexOf('network-failed')).toBeLessThan(350)
  await expect(alice.answer(carol.device, encodeSyncFrame({ kind: 'bundle-wanted' }))).resolves.toBeInstanceOf(
    Uint8Array,
  )
})
