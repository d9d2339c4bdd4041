import { expect, test } from 'vitest'
import { createFreshnessKeeper } from '../../../../../src/engine/organisation/list/freshness-keeper.ts'
import { writeDocument } from '../../../../../src/engine/storage/documents.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import { adding, foundOffice, provider, standingOf, until, versionOf } from '../../../../helpers/sync-office.ts'

const DAY = 86_400_000

/** Alice's device vouches for the list every day, by itself. */
const officeWithKeeper = async () => {
  const office = await foundOffice()
  const { alice, founded, time } = office
  await alice.store.write(tx => writeDocument(tx, 'freshness-seed', founded.freshnessSeed))
  const keeper = createFreshnessKeeper({
    ...alice,
    provider,
    expectsUntil: () => 0,
    now: () => time.now,
    log: silentLog,
  })
  return { ...office, keeper }
}

test("Alice's clock was a year ahead for a day: her device vouches again as soon as it is right", async () => {
  const { alice, join, connect, time, keeper } = await officeWithKeeper()
  const bob = await join('Bob')
  const real = time.now
  time.now = real + 365 * DAY
  expect(await keeper.keep()).toBe(true)
  time.now = real
  expect(await keeper.keep()).toBe(true)
  expect(await keeper.keep()).toBe(false)
  expect(standingOf(alice).freshness).toBe(real)
  connect(alice, bob)
  await until('the statement', () => standingOf(bob).freshness === real)
})

test('so it is after a list that she signed meanwhile, with the next one', async () => {
  const { alice, join, publish, identity, connect, time, keeper } = await officeWithKeeper()
  const bob = await join('Bob')
  const real = time.now
  time.now = real + 365 * DAY
  await publish(adding(identity('Carol'), time.now))
  await keeper.keep()
  time.now = real
  await publish(adding(identity('Dora'), time.now))
  expect(await keeper.keep()).toBe(true)
  connect(alice, bob)
  await until(
    'the list and the statement',
    () => versionOf(bob) === versionOf(alice) && standingOf(bob).freshness === real,
  )
  expect(bob.membership.trusted().forks).toEqual([])
})

test('a clock that has fallen back years replaces no good statement', async () => {
  const { alice, time, keeper } = await officeWithKeeper()
  await keeper.keep()
  const before = standingOf(alice).freshness
  time.now -= 20 * 365 * DAY
  expect(await keeper.keep()).toBe(false)
  expect(standingOf(alice).freshness).toBe(before)
})
