import { expect, test } from 'vitest'
import { createHistoryPages, type HistoryPage } from '../../../../../src/engine/administration/history-pages.ts'
import {
  completeProposal,
  prepareList,
  proposeRoot,
  publishList,
  signList,
  signProposal,
  type TrustedState,
} from '../../../../../src/org/index.ts'
import {
  type Colleague,
  detailsOf,
  foundOffice,
  type Office,
  provider,
  until,
  versionOf,
} from '../../../../helpers/sync-office.ts'
import { keyOf, newSeed, receive, updated, withHeader } from '../../../org/actors.ts'

const RECOVERED = 2 ** 33

const walked = ({ membership }: Colleague) =>
  [...membership.history.walk()].map(({ version }) => version.list.header.version)

/** What somebody with a copy of Alice's key signs after the list that `from` is of, its version counted up. */
const stolen = ({ founded, time }: Office, from: TrustedState, version: number, previous = from.list.hash) =>
  updated(receive(from, withHeader(from, { version, previous, issued: time.now }, founded.adminSeed), time.now))

const take = (colleague: Colleague, trusted: TrustedState) =>
  colleague.membership.change(own => receive(own, trusted, Date.now()))

/** With the words of the recovery sheet: another key, and the list signed anew with it. */
const recover = async ({ alice, founded, time }: Office) => {
  const seeds = { contacts: newSeed(), freshness: newSeed() }
  await alice.membership.change(trusted => {
    const offer = {
      format: 1 as const,
      organisation: trusted.organisationId,
      personId: alice.personId,
      contacts: keyOf(seeds.contacts),
      freshness: keyOf(seeds.freshness),
      root: null,
      offeredAt: time.now,
      until: time.now + 60_000,
    }
    const what = { remove: [keyOf(founded.adminSeed)], add: [offer] }
    const proposal = proposeRoot(provider, trusted, what, alice.personId, time.now)
    return completeProposal(provider, trusted, signProposal(provider, trusted, proposal, founded.rootSeed), time.now)
  })
  const publish = (name: string) =>
    alice.membership.change(trusted => {
      const person = detailsOf(name, alice.personId)
      const draft = prepareList(provider, trusted, { edits: [{ kind: 'put-person', person }] }, time.now)
      return publishList(provider, trusted, signList(provider, draft, seeds.contacts), time.now)
    })
  await publish('Alice')
  return publish
}

/** Three honest lists; Bob has them all, Carol too. */
const officeOfThree = async () => {
  const office = await foundOffice()
  const bob = await office.join('Bob')
  const carol = await office.join('Carol')
  await take(bob, office.alice.membership.trusted())
  return { office, alice: office.alice, bob, carol }
}

const pagesOf = ({ membership }: Colleague) =>
  createHistoryPages({
    trusted: membership.trusted,
    history: membership.history,
    nameOf: id => membership.trusted().people.get(id)?.name ?? '?',
  })

const told = async (colleague: Colleague, limit: number): Promise<string[]> => {
  const pages = pagesOf(colleague)
  const entries: string[] = []
  for (let before: HistoryPage['next'] = null; ; ) {
    const page = await pages.page({ before, limit })
    entries.push(...page.entries.map(({ kind, version }) => `${kind} ${version}`))
    before = page.next
    if (before === null) return entries
  }
}

test('the history holds the lists of a thief that were taken over, and those before them', async () => {
  const { office, alice } = await officeOfThree()
  await take(alice, stolen(office, alice.membership.trusted(), 2 ** 40))
  await take(alice, stolen(office, alice.membership.trusted(), 2 ** 40 + 1))
  await recover(office)
  expect(versionOf(alice)).toBe(RECOVERED)
  expect(walked(alice)).toEqual([RECOVERED, 2 ** 40 + 1, 2 ** 40, 3, 2, 1])
  expect(alice.membership.history.isComplete()).toBe(true)
  const all = await told(alice, 100)
  expect(all.filter(entry => entry.startsWith('list'))).toEqual(
    [RECOVERED, 2 ** 40 + 1, 2 ** 40, 3, 2, 1].map(version => `list ${version}`),
  )
  expect(all).toHaveLength(8)
  expect(await told(alice, 1)).toEqual(all)
  expect(await told(alice, 3)).toEqual(all)
})

test('a page goes on where it ended, also when a newer list has come meanwhile', async () => {
  const { office, alice } = await officeOfThree()
  await take(alice, stolen(office, alice.membership.trusted(), 2 ** 40))
  const publish = await recover(office)
  const pages = pagesOf(alice)
  const first = await pages.page({ before: null, limit: 2 })
  await publish('Alice A.')
  await publish('Alice B.')
  const rest = await pages.page({ before: first.next, limit: 100 })
  const again = await pagesOf(alice).page({ before: first.next, limit: 100 })
  expect(again.entries).toEqual(rest.entries)
  const lists = [...first.entries, ...rest.entries].flatMap(({ kind, version }) => (kind === 'list' ? [version] : []))
  expect(lists).toEqual([RECOVERED, 2 ** 40, 3, 2, 1])
})

test('who never saw the lists of the thief hears of them from colleagues', async () => {
  const { office, alice, bob } = await officeOfThree()
  await take(alice, stolen(office, alice.membership.trusted(), 2 ** 40))
  await recover(office)
  await take(bob, alice.membership.trusted())
  expect(walked(bob)).toEqual([RECOVERED, 3, 2])
  office.connect(alice, bob)
  await until("Alice's history", () => bob.membership.history.isComplete())
  expect(walked(bob)).toEqual(walked(alice))
})

test('what was shown to Bob alone stays in his history, and so does what he had before', async () => {
  const { office, alice, bob } = await officeOfThree()
  const [honest] = [...alice.membership.history.walk()].slice(-1)
  // its past would be another one
  const before = stolen(office, bob.membership.trusted(), 7, honest?.version.list.hash)
  const forged = withHeader(
    bob.membership.trusted(),
    { version: 2 ** 41, previous: before.list.hash },
    office.founded.adminSeed,
  )
  await bob.membership.change(own => receive(own, forged, office.time.now))
  await recover(office)
  await take(bob, alice.membership.trusted())
  office.connect(alice, bob)
  const newest = versionOf(alice)
  await until("Alice's history", () => walked(bob).includes(1))
  expect(walked(bob)).toEqual([newest, 2 ** 41, 3, 2, 1])
})

test('half a gap is filled, though people were renamed and named back in it', async () => {
  const { office, alice, bob } = await officeOfThree()
  for (const name of ['Robert', 'Rob', 'Bob'])
    await office.publish([{ kind: 'put-person', person: detailsOf(name, bob.personId) }])
  await take(bob, alice.membership.trusted())
  const gap = await bob.membership.history.gap()
  if (gap === undefined) throw new Error('Bob lacks nothing')
  const [first] = alice.membership.history.stepsBefore(alice.membership.trusted().list.hash)
  expect(await bob.membership.history.fill(gap, [first as Uint8Array])).toBe(true)
  expect(walked(bob)).toEqual([6, 5, 3, 2])
  office.connect(alice, bob)
  await until("Alice's history", () => bob.membership.history.isComplete())
  expect(walked(bob)).toEqual([6, 5, 4, 3, 2, 1])
})

test('steps are undone one by one, and others have their turn between', async () => {
  const { office, alice, bob } = await officeOfThree()
  for (let n = 0; n < 6; n += 1)
    await office.publish([{ kind: 'put-person', person: detailsOf(`Bob the ${n}th`, bob.personId) }])
  await take(bob, alice.membership.trusted())
  const gap = await bob.membership.history.gap()
  if (gap === undefined) throw new Error('Bob lacks nothing')
  const steps = alice.membership.history.stepsBefore(alice.membership.trusted().list.hash)
  let turns = 0
  let isDone = false
  const count = () => {
    turns += 1
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  await bob.membership.history.fill(gap, steps)
  isDone = true
  expect(turns).toBeGreaterThanOrEqual(5)
})
