import { expect, test } from 'vitest'
import { createHistoryPages, type HistoryPage } from '../../../../src/engine/administration/history-pages.ts'
import type { PersonId } from '../../../../src/shared/ids.ts'
import { adding, type Colleague, detailsOf, foundOffice, type Office, until } from '../../../helpers/sync-office.ts'

const pagesOf = ({ membership }: Colleague) =>
  createHistoryPages({
    trusted: membership.trusted,
    history: membership.history,
    nameOf: id => membership.trusted().people.get(id)?.name ?? '?',
  })

const rename = (office: Office, personId: PersonId, name: string) => {
  office.time.now += 60_000
  return office.publish([{ kind: 'put-person', person: detailsOf(name, personId) }])
}

const allOf = async (colleague: Colleague, limit: number): Promise<HistoryPage['entries']> => {
  const pages = pagesOf(colleague)
  const entries: HistoryPage['entries'] = []
  for (let before: HistoryPage['next'] = null; ; ) {
    const page = await pages.page({ before, limit })
    entries.push(...page.entries)
    before = page.next
    if (before === null) return entries
  }
}

test('who changed what and when, newest first, down to the founding', async () => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  await rename(office, bob.personId, 'Robert')
  await office.publish([], { offlineLeaseDays: 30 })
  await office.publish([{ kind: 'remove-person', personId: bob.personId, reason: 'left' }])

  const entries = await allOf(office.alice, 100)
  expect(entries.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
    'list 5',
    'list 4',
    'list 3',
    'list 2',
    'list 1',
    'root 1',
  ])
  expect(entries.map(({ changes }) => changes.map(({ kind }) => kind))).toEqual([
    ['person-removed', 'device-removed'],
    ['policy-changed'],
    ['person-changed'],
    ['person-added', 'device-added'],
    ['person-added', 'device-added'],
    ['key-added', 'key-added', 'key-added'],
  ])
  expect(entries[2]?.changes).toMatchObject([
    { name: 'Robert', fields: [{ field: 'name', before: 'Bob', after: 'Robert' }] },
  ])
  expect(entries.every(({ signedBy }) => signedBy.length === 1)).toBe(true)
  expect(entries[0]?.signedBy).toMatchObject([{ name: 'Alice', personId: office.alice.personId }])
})

test('page by page it says the same as at once, and nothing twice', async () => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  for (let n = 0; n < 12; n += 1) await rename(office, bob.personId, `Bob the ${n}th`)
  expect(await allOf(office.alice, 3)).toEqual(await allOf(office.alice, 100))
  expect(await allOf(office.alice, 1)).toHaveLength(15)
})

test('a device that skipped versions says so until colleagues have told it', async () => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  for (let n = 0; n < 5; n += 1) await rename(office, bob.personId, `Bob the ${n}th`)
  await bob.membership.apply(office.alice.membership.bundle())
  const before = await pagesOf(bob).page({ before: null, limit: 100 })
  expect(before.isComplete).toBe(false)
  expect(before.entries.filter(({ kind }) => kind === 'list').map(({ version }) => version)).toEqual([7, 2])
  expect(before.entries[0]?.changes).toMatchObject([{ fields: [{ before: 'Bob', after: 'Bob the 4th' }] }])

  office.connect(office.alice, bob)
  await until("Alice's history", () => bob.membership.history.isComplete())
  expect(await allOf(bob, 100)).toEqual(await allOf(office.alice, 100))
})

test('steps of a liar are not kept, and those of an honest colleague are', async () => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  const carol = await office.join('Carol')
  for (let n = 0; n < 5; n += 1) await rename(office, bob.personId, `Bob the ${n}th`)
  await carol.membership.apply(office.alice.membership.bundle())
  await bob.membership.apply(office.alice.membership.bundle())
  const gap = await bob.membership.history.gap()
  if (gap === undefined) throw new Error('Bob lacks nothing')
  const steps = office.alice.membership.history.stepsBefore(bob.membership.trusted().list.hash)
  await expect(bob.membership.history.fill(gap, [...steps].reverse())).rejects.toMatchObject({
    name: 'LanyardError',
  })
  const [first, ...others] = steps
  const cut = (others[0] as Uint8Array).slice(0, -1)
  await expect(bob.membership.history.fill(gap, [first as Uint8Array, cut])).rejects.toThrow()
  expect(bob.membership.history.isComplete()).toBe(false)
  const here = [...bob.membership.history.walk()].map(({ version }) => version.list.header.version)
  expect(here).toEqual([8, 7, 2]) // the first step was true, and version 2 Bob had himself
  office.connect(office.alice, bob)
  await until("Alice's history", () => bob.membership.history.isComplete())
})

test('an office of thousands is told in numbers', async () => {
  const office = await foundOffice()
  const people = Array.from({ length: 300 }, (_, n) => office.identity(`Colleague ${n}`))
  await office.publish(people.flatMap(each => adding(each, office.time.now)))
  const { entries } = await pagesOf(office.alice).page({ before: null, limit: 1 })
  expect(entries[0]?.changeCount).toBe(600)
  expect(entries[0]?.changes).toHaveLength(200)
})
