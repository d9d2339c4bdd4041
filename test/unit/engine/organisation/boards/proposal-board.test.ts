import { expect, test } from 'vitest'
import { createProposalBoard } from '../../../../../src/engine/organisation/boards/proposal-board.ts'
import { createIgnoredDevices } from '../../../../../src/engine/organisation/sync/ignored-devices.ts'
import { createProposalSync } from '../../../../../src/engine/organisation/sync/sync-proposals.ts'
import {
  encodeProposal,
  type ListEdit,
  proposalId,
  proposeList,
  proposeRoot,
  signProposal,
} from '../../../../../src/org/index.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'
import { actor, adding, found, HOUR, MONDAY, provider } from '../../../org/actors.ts'

const alice = actor('Alice')
const { trusted, adminSeed, rootSeed } = found(alice)
const self = { personId: alice.personId, deviceId: alice.device.id }
const membership = { trusted: () => trusted, self }

const openBoard = (store = openTestStore()) => createProposalBoard({ store, provider, membership, log: silentLog })
const idsOf = (board: ReturnType<typeof openBoard>) =>
  board
    .all()
    .map(({ checked }) => checked.id)
    .sort()

const byThief = (n: number, edits: readonly ListEdit[] = []) =>
  signProposal(
    provider,
    trusted,
    proposeList(provider, trusted, { edits }, alice.personId, MONDAY + HOUR + n),
    adminSeed,
  )
const theRootWithout = () => {
  const root = proposeRoot(provider, trusted, { name: 'Without the thief' }, alice.personId, MONDAY + HOUR)
  return signProposal(provider, trusted, root, rootSeed)
}

test('the thief of a key fills four places with it, and leaves room for the root that takes it away', async () => {
  const board = openBoard()
  const proposals = Array.from({ length: 5 }, (_, n) => byThief(n))
  const sorted = proposals.sort((a, b) => (proposalId(provider, a) < proposalId(provider, b) ? -1 : 1))
  const [last, ...others] = sorted.reverse()
  for (const each of others) await board.put(each)
  if (last === undefined) throw new Error('Nothing was proposed')
  await expect(board.put(last)).rejects.toMatchObject({ code: 'bad-input' })
  await board.put(theRootWithout())
  expect(board.all()).toHaveLength(5)
})

test('two boards that hear of the same proposals hold the same, in whatever order they came, and after a restart', async () => {
  const store = openTestStore()
  const [one, other] = [openBoard(store), openBoard()]
  const encoded = [...Array.from({ length: 12 }, (_, n) => byThief(n)), theRootWithout()].map(encodeProposal)
  // nobody is blamed for carrying what there is no room for
  expect((await one.takeOver(encoded)).refused).toEqual([])
  expect((await other.takeOver([...encoded].reverse())).refused).toEqual([])
  expect(idsOf(one)).toHaveLength(5)
  expect(idsOf(one)).toEqual(idsOf(other))
  expect(idsOf(openBoard(store))).toEqual(idsOf(one))
})

test('of an answer the small ones go first: what a thief makes large keeps nothing waiting', async () => {
  const board = openBoard()
  const many = Array.from({ length: 50 }, (_, n) => adding(actor(`Colleague ${n}`))).flat()
  for (const each of [byThief(1, many), byThief(2), byThief(3, many.slice(0, 20)), theRootWithout()])
    await board.put(each)
  const sync = createProposalSync({
    provider,
    membership,
    proposals: board,
    askPeer: () => Promise.reject(new Error('nobody is there')),
    claimOf: () => undefined,
    ignored: createIgnoredDevices('proposals', silentLog),
    log: silentLog,
  })
  const answer = sync.answer(self.deviceId, [])
  if (answer.kind !== 'proposals') throw new Error('another answer')
  const sizes = answer.proposals.map(({ length }) => length)
  expect(sizes).toHaveLength(4)
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
})
