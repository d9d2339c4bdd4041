import { expect, test } from 'vitest'
import { createLease } from '../../../../../src/engine/organisation/list/lease.ts'
import { headerDocument } from '../../../../../src/org/documents/contact-list.ts'
import { signDocument } from '../../../../../src/org/documents/signed.ts'
import { encodeBundle, listStatus, prepareList, publishList, signList } from '../../../../../src/org/index.ts'
import { MAX_FORKS } from '../../../../../src/org/limits.ts'
import { bundleDocument } from '../../../../../src/org/trust/bundle.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import {
  type Colleague,
  detailsOf,
  foundOffice,
  provider,
  standingOf,
  until,
  versionOf,
} from '../../../../helpers/sync-office.ts'

const isForked = ({ membership }: Colleague) => membership.trusted().forks.length > 0

test('two lists of one version alarm everybody who meets the other one, and nobody changes sides', async () => {
  const office = await foundOffice()
  const { alice, time, founded } = office
  const [bob, carol] = [await office.join('Bob'), await office.join('Carol')]
  await bob.membership.apply(alice.membership.bundle())
  // Mallory has a copy of the key and signs another next list, for Bob alone
  const trusted = bob.membership.trusted()
  const edits = [{ kind: 'put-person' as const, person: detailsOf('Mallory', carol.personId) }]
  const draft = signList(provider, prepareList(provider, trusted, { edits }, time.now), founded.adminSeed)
  await bob.membership.apply(encodeBundle(publishList(provider, trusted, draft, time.now).trusted))
  await office.publish([{ kind: 'put-person', person: detailsOf('Caroline', carol.personId) }])
  office.connect(alice, carol)
  await until("Carol's list", () => versionOf(carol) === versionOf(alice))
  expect(versionOf(bob)).toBe(versionOf(alice))

  office.connect(bob, carol)
  await until('the alarm at Bob and Carol', () => isForked(bob) && isForked(carol))
  office.connect(bob, alice)
  await until('the alarm at Alice', () => isForked(alice))
  const nameOf = ({ membership }: Colleague) => membership.trusted().people.get(carol.personId)?.name
  expect([alice, bob, carol].map(nameOf)).toEqual(['Caroline', 'Mallory', 'Caroline'])
})

test('a device in a fork does not ask for the other list again and again', async () => {
  const office = await foundOffice()
  const { alice, time, founded } = office
  const bob = await office.join('Bob')
  const trusted = bob.membership.trusted()
  const draft = signList(provider, prepareList(provider, trusted, { edits: [] }, time.now + 1), founded.adminSeed)
  await bob.membership.apply(encodeBundle(publishList(provider, trusted, draft, time.now + 1).trusted))
  await office.publish([])
  office.connect(alice, bob)
  await until('both alarms', () => isForked(alice) && isForked(bob))
  const asked = () => office.asked.filter(({ type }) => type === 4 || type === 2).length
  const before = asked()
  for (let n = 0; n < 5; n += 1) alice.sync.onConnected(bob.device, standingOf(bob))
  await alice.store.write(() => undefined)
  expect(asked()).toBe(before)
})

test('a removed device learns of it by a few hundred bytes, and of nothing after', async () => {
  const office = await foundOffice()
  const { alice } = office
  const bob = await office.join('Bob')
  office.connect(alice, bob)
  office.asked.length = 0
  await office.publish([{ kind: 'remove-device', deviceId: bob.device, reason: 'stolen' }])
  await alice.sync.sayFarewell([bob.device])
  await until('his removal', () => !bob.membership.isMember())
  const [farewell] = office.asked.filter(({ from, type }) => from === alice.device && type === 5)
  expect(farewell?.bytes).toBeLessThan(2_048)
  await expect(alice.answer(bob.device, new Uint8Array([0x81, 0x02]))).rejects.toMatchObject({ code: 'removed' })
})

test('fresh, then stale, then locked, and open again by one statement', async () => {
  const office = await foundOffice()
  const { alice, time } = office
  const bob = await office.join('Bob')
  await office.publish([], { offlineLeaseDays: 3 })
  office.connect(alice, bob)
  await until('the policy', () => versionOf(bob) === versionOf(alice))
  office.disconnect(alice, bob)
  const lease = createLease({ store: bob.store, membership: bob.membership, now: () => time.now, log: silentLog })
  const stateAfter = async (days: number) => {
    time.now += days * 86_400_000
    await lease.look()
    return [listStatus(bob.membership.trusted(), time.now).freshness, lease.isOver()]
  }
  expect(await stateAfter(6)).toEqual(['fresh', false])
  expect(await stateAfter(2)).toEqual(['stale', false])
  expect(await stateAfter(3)).toEqual(['stale', true])
  await office.vouch()
  office.connect(alice, bob)
  await until('the statement', () => !lease.isOver())
  expect(listStatus(bob.membership.trusted(), time.now).freshness).toBe('fresh')
  await lease.stop()
})

test('a fork that one device has seen alarms all, also those who meet neither of its sides', async () => {
  const office = await foundOffice()
  const { alice, time, founded } = office
  const [bob, carol, dave] = [await office.join('Bob'), await office.join('Carol'), await office.join('Dave')]
  for (const each of [bob, carol]) await each.membership.apply(alice.membership.bundle())
  // Mallory shows another next list to Bob alone, who meets Alice and is gone
  const trusted = bob.membership.trusted()
  const edits = [{ kind: 'put-person' as const, person: detailsOf('Mallory', carol.personId) }]
  const draft = signList(provider, prepareList(provider, trusted, { edits }, time.now), founded.adminSeed)
  await bob.membership.apply(encodeBundle(publishList(provider, trusted, draft, time.now).trusted))
  await office.publish([{ kind: 'put-person', person: detailsOf('Caroline', carol.personId) }])
  office.connect(alice, bob)
  await until('the alarm at Alice and Bob', () => isForked(alice) && isForked(bob))
  office.disconnect(alice, bob)

  office.connect(alice, carol)
  await until('the alarm at Carol', () => isForked(carol))
  office.disconnect(alice, carol)
  office.connect(carol, dave)
  await until('the alarm at Dave', () => isForked(dave))
  await until('the same list with all', () => [carol, dave].every(each => versionOf(each) === versionOf(alice)))
  for (const { membership, notices } of [alice, bob, carol, dave]) {
    expect(listStatus(membership.trusted(), time.now).isForked).toBe(true)
    expect(membership.trusted().forks).toHaveLength(1)
    expect(notices.ofKind('fork')).toHaveLength(1)
  }
  const [told] = dave.membership.trusted().forks
  expect(told).toMatchObject({ document: 'contacts', version: versionOf(dave) })
})

test('forks without end fill neither what a device keeps nor what it carries', async () => {
  const office = await foundOffice()
  const { alice, founded } = office
  const [bob, carol] = [await office.join('Bob'), await office.join('Carol')]
  await carol.membership.apply(alice.membership.bundle())
  office.connect(alice, bob)
  office.connect(bob, carol)
  await until('one list', () => [bob, carol].every(each => versionOf(each) === versionOf(alice)))
  const trusted = bob.membership.trusted()
  const before = trusted.list.header
  for (let n = 0; n < 2 * MAX_FORKS; n += 1) {
    const document = headerDocument.encode({ ...before, issued: before.issued + 1 + n })
    const signed = { document, signatures: [signDocument(provider, founded.adminSeed, 'lanyard/contacts/1', document)] }
    await bob.membership.apply(
      bundleDocument.encode({ ...bundleDocument.decode(bob.membership.bundle()), list: signed }),
    )
  }
  await until('the alarm at Alice and Carol', () => isForked(alice) && isForked(carol))
  await until('the same evidence with all', () =>
    [alice, carol].every(each => each.sync.ownVersions().notices === bob.sync.ownVersions().notices),
  )
  for (const { membership, notices } of [alice, bob, carol]) {
    expect(membership.trusted().forks.length).toBeLessThanOrEqual(MAX_FORKS)
    expect(notices.ofKind('fork')).toHaveLength(MAX_FORKS)
  }
})
