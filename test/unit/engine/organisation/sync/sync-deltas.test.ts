import { expect, test } from 'vitest'
import { decodeSyncFrame, encodeSyncFrame } from '../../../../../src/engine/organisation/sync/sync-frame.ts'
import type { PersonId } from '../../../../../src/shared/ids.ts'
import {
  adding,
  type Colleague,
  detailsOf,
  foundOffice,
  type Office,
  until,
  versionOf,
} from '../../../../helpers/sync-office.ts'

const DELTA_WANTED = 4
const BUNDLE_WANTED = 2

/** Alice and Bob of an office of 200 people, up to date. */
const largeOffice = async () => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  const others = Array.from({ length: 200 }, (_, n) => office.identity(`Colleague ${n}`))
  await office.publish(others.flatMap(each => adding(each, office.time.now)))
  office.connect(office.alice, bob)
  await until('the whole office', () => versionOf(bob) === versionOf(office.alice))
  return { office, alice: office.alice, bob, others }
}

const rename = (office: Office, personId: PersonId, name: string) =>
  office.publish([{ kind: 'put-person', person: detailsOf(name, personId) }])

const walked = ({ membership }: Colleague) =>
  [...membership.history.walk()].map(({ version }) => version.list.header.version)

test('who is twenty versions behind gets a few kilobytes, not the list, and the versions between', async () => {
  const { office, alice, bob, others } = await largeOffice()
  office.disconnect(alice, bob)
  for (let n = 0; n < 20; n += 1) await rename(office, others[n % 3]?.personId as PersonId, `Renamed ${n}`)
  office.asked.length = 0
  office.connect(alice, bob)
  await until('the newest list', () => versionOf(bob) === versionOf(alice))
  const [pulled] = office.asked.filter(({ from, type }) => from === bob.device && type === DELTA_WANTED)
  expect(pulled?.bytes).toBeLessThan(4_096)
  expect(alice.membership.bundle().length).toBeGreaterThan(20_000)
  expect(office.asked.some(({ type }) => type === BUNDLE_WANTED)).toBe(false)
  expect(bob.membership.trusted().people).toEqual(alice.membership.trusted().people)

  await until("Alice's history", () => bob.membership.history.isComplete())
  expect(walked(bob)).toEqual(walked(alice))
})

test('where a delta does not fit, the whole list comes', async () => {
  const { office, alice, bob, others } = await largeOffice()
  office.disconnect(alice, bob)
  await rename(office, others[0]?.personId as PersonId, 'Renamed')
  const [first] = [...alice.membership.history.walk()].slice(-1)
  const madeForAnother = alice.membership.deltaSince({
    rootVersion: 1,
    listVersion: 1,
    listHash: first?.version.list.hash as string,
  })
  const { answer } = alice
  alice.answer = async (device, bytes) =>
    decodeSyncFrame(bytes).kind === 'delta-wanted'
      ? encodeSyncFrame({ kind: 'delta', delta: madeForAnother as Uint8Array })
      : answer(device, bytes)
  office.asked.length = 0
  office.connect(alice, bob)
  await until('the newest list', () => versionOf(bob) === versionOf(alice))
  expect(office.asked.filter(({ type }) => type === BUNDLE_WANTED)).toHaveLength(1)
})

test('who has been away so long that nobody knows the list any more gets the whole', async () => {
  const { office, alice, bob, others } = await largeOffice()
  office.disconnect(alice, bob)
  await rename(office, others[0]?.personId as PersonId, 'Renamed')
  await alice.store.write(tx => tx.run('DELETE FROM list_history'))
  office.connect(alice, bob)
  await until('the newest list', () => versionOf(bob) === versionOf(alice))
})

test('a device that comes back with an old list gives it to nobody, and catches up', async () => {
  const { office, alice, bob, others } = await largeOffice()
  const carol = await office.join('Carol')
  await until('the list with Carol', () => versionOf(bob) === versionOf(alice))
  office.disconnect(alice, bob)
  await rename(office, others[0]?.personId as PersonId, 'Renamed')
  const newest = versionOf(alice)
  office.connect(alice, carol)
  await until("Carol's list", () => versionOf(carol) === newest)

  office.asked.length = 0
  office.connect(carol, bob)
  await until("Bob's list", () => versionOf(bob) === newest)
  expect(versionOf(carol)).toBe(newest)
  const fromBob = office.asked.filter(
    ({ to, type }) => to === bob.device && [BUNDLE_WANTED, DELTA_WANTED].includes(type),
  )
  expect(fromBob).toEqual([])
})

test('a list that was shown to Bob alone is a fork, though he hears of it only by the history of a newer one', async () => {
  const office = await foundOffice()
  const { alice } = office
  const bob = await office.join('Bob')
  await office.publish(
    [{ kind: 'put-person', person: detailsOf('Mallory', office.identity('Mallory').personId) }],
    {},
    bob,
  )
  for (const name of ['Robert', 'Rob', 'Bobby']) await rename(office, bob.personId, name)
  expect(versionOf(bob)).toBe(3)
  office.connect(alice, bob)
  await until('the newest list', () => versionOf(bob) === versionOf(alice))
  await until('the evidence', () => bob.membership.trusted().forks.length === 1)
  expect(bob.membership.trusted().forks).toMatchObject([{ document: 'contacts', version: 3 }])
  await until("Alice's history", () => bob.membership.history.isComplete())
  // both of version 3: what he was shown stays
  expect(walked(bob)).toEqual([5, 4, 3, 3, 2, 1])
})
