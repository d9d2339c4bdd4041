import { expect, onTestFinished, test, vi } from 'vitest'
import { openMembership } from '../../../../../src/engine/organisation/list/membership.ts'
import { createTelling } from '../../../../../src/engine/organisation/sync/sync-telling.ts'
import {
  completeProposal,
  prepareList,
  proposeRoot,
  publishList,
  signList,
  signProposal,
  type Versions,
} from '../../../../../src/org/index.ts'
import type { DeviceId } from '../../../../../src/shared/ids.ts'
import {
  type Colleague,
  detailsOf,
  foundOffice,
  type Office,
  provider,
  until,
  versionOf,
} from '../../../../helpers/sync-office.ts'
import { keyOf, newSeed } from '../../../org/actors.ts'

const [VERSIONS, WHOLE, SINCE] = [1, 2, 4]

const rename = (office: Office, name: string) =>
  office.publish([{ kind: 'put-person', person: detailsOf(name, office.alice.personId) }])
const thinks = (who: Colleague, of: Colleague) => who.deviceVersions.of(of.device)?.listVersion
const told = ({ asked }: Office, from: Colleague, to: Colleague) =>
  asked.filter(each => each.type === VERSIONS && each.from === from.device && each.to === to.device)

test('whoever gave a list hears that it is in force there, and so does an administrator: once, in a hundred bytes', async () => {
  const office = await foundOffice()
  const { alice } = office
  const [bob, carol] = [await office.join('Bob'), await office.join('Carol')]
  office.connect(alice, bob)
  office.connect(bob, carol)
  await until('one list', () => [bob, carol].every(each => versionOf(each) === versionOf(alice)))
  for (const name of ['Alicia', 'Alissa', 'Alina']) {
    await rename(office, name)
    const newest = versionOf(alice)
    await until('what Alice knows of Bob', () => thinks(alice, bob) === newest)
    await until('what Bob knows of Carol', () => thinks(bob, carol) === newest)
    for (const [from, to] of [
      [bob, alice],
      [carol, bob],
    ] as const) {
      const messages = told(office, from, to)
      expect(messages).toHaveLength(1)
      expect(messages[0]?.bytes).toBeLessThan(250) // with the answer
    }
    office.asked.length = 0
  }
})

test('each device is told each state once, however often there is news of something else', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const [giver, overseer, colleague] = ['a1', 'b2', 'c3'].map(byte => byte.repeat(32)) as [DeviceId, DeviceId, DeviceId]
  let own: Versions = { format: 1, root: 1, list: 2, listHash: '', freshness: 0, order: 0, notices: '', proposals: '' }
  const heard: DeviceId[] = []
  const telling = createTelling({
    own: () => own,
    connected: () => [giver, overseer, colleague],
    isOverseer: device => device === overseer,
    tell(device) {
      heard.push(device)
      telling.noteTold(device, own)
    },
  })
  const afterNews = () => {
    telling.tellSoon()
    telling.tellSoon()
    vi.runAllTimers()
    return heard.splice(0)
  }
  telling.noteTakenFrom(giver)
  expect(afterNews()).toEqual([giver, overseer])
  expect(afterNews()).toEqual([])
  telling.noteTakenFrom(giver)
  expect(afterNews()).toEqual([])
  own = { ...own, list: 3 }
  telling.noteTold(overseer, own) // it asked
  expect(afterNews()).toEqual([])
  own = { ...own, notices: 'ff' } // evened out by an exchange of its own
  expect(afterNews()).toEqual([])
  own = { ...own, freshness: 1 }
  expect(afterNews()).toEqual([overseer])
  telling.noteUntold(overseer)
  expect(afterNews()).toEqual([overseer])
  telling.noteTakenFrom(colleague)
  telling.stop()
  expect(afterNews()).toEqual([])
})

test('an administrator hears of it who had it from somebody else', async () => {
  const office = await foundOffice()
  const { alice } = office
  const [bob, carol] = [await office.join('Bob'), await office.join('Carol')]
  await bob.membership.apply(alice.membership.bundle())
  office.connect(bob, carol)
  await rename(office, 'Alicia')
  await bob.membership.apply(alice.membership.bundle())
  office.connect(alice, carol)
  await until("Carol's list", () => versionOf(carol) === versionOf(alice))
  await until('both know', () => [alice, bob].every(each => thinks(each, carol) === versionOf(alice)))
})

test.each(['together', 'one after the other'])(
  'who took a list over that a thief counted up is told of the recovery: root and list %s',
  async how => {
    const office = await foundOffice()
    const { alice, founded, time } = office
    const bob = await office.join('Bob')
    await bob.membership.apply(alice.membership.bundle())
    for (const name of ['Mallory', 'Malvin', 'Malcolm'])
      await office.publish([{ kind: 'put-person', person: detailsOf(name, alice.personId) }], {}, bob)
    const counted = versionOf(bob)
    const newKey = newSeed()
    const offer = {
      format: 1,
      organisation: alice.membership.trusted().organisationId,
      personId: alice.personId,
      contacts: keyOf(newKey),
      freshness: keyOf(newSeed()),
      root: null,
      offeredAt: time.now,
      until: time.now + 1,
    } as const
    const change = { add: [offer], remove: [keyOf(founded.adminSeed)] }
    if (how !== 'together') office.connect(alice, bob)
    await alice.membership.change(trusted => {
      const proposal = proposeRoot(provider, trusted, change, alice.personId, time.now)
      return completeProposal(provider, trusted, signProposal(provider, trusted, proposal, founded.rootSeed), time.now)
    })
    if (how !== 'together') await until('the root', () => bob.membership.trusted().root.version === 2)
    await alice.membership.change(trusted => {
      const draft = prepareList(provider, trusted, { edits: [] }, time.now)
      return publishList(provider, trusted, signList(provider, draft, newKey), time.now)
    })
    expect(versionOf(alice)).toBeLessThan(counted)
    if (how === 'together') office.connect(alice, bob)
    await until('the recovery', () => bob.membership.trusted().list.hash === alice.membership.trusted().list.hash)
    expect(bob.membership.trusted().people.get(alice.personId)?.name).toBe('Alice')
  },
)

test('a later statement reaches a device with a newer list without the list', async () => {
  const office = await foundOffice()
  const { alice, time } = office
  const bob = await office.join('Bob')
  await bob.membership.apply(alice.membership.bundle())
  await office.publish([{ kind: 'put-person', person: detailsOf('Alicia', alice.personId) }], {}, bob)
  time.now += 60_000
  await office.vouch()
  const issued = () => alice.membership.trusted().freshness?.value.issued
  office.connect(alice, bob)
  await until('her list', () => versionOf(alice) === versionOf(bob))
  await until('the statement', () => bob.membership.trusted().freshness?.value.issued === issued())
  const bobs = office.asked.filter(({ from }) => from === bob.device)
  expect(bobs.filter(({ type }) => type === WHOLE)).toEqual([])
  expect(bobs.find(({ type }) => type === SINCE)?.bytes).toBeLessThan(600)
})

test('soon after a profile is opened its list is ready for the first change', async () => {
  const { alice, time } = await foundOffice()
  const { store, device } = alice
  const opened = openMembership({ store, provider, device, now: () => time.now })
  expect(opened?.trusted().tree).toBeNull()
  await until('the tree', () => opened !== undefined && opened.trusted().tree !== null)
  expect(opened?.trusted().leaves).toEqual(alice.membership.trusted().leaves)
})
