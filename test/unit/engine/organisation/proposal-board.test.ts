import { expect, test } from 'vitest'
import { createProposalBoard } from '../../../../src/engine/organisation/proposal-board.ts'
import { proposeList, proposeRoot, signProposal } from '../../../../src/org/index.ts'
import { silentLog } from '../../../helpers/silent-log.ts'
import { openTestStore } from '../../../helpers/test-store.ts'
import { actor, found, HOUR, MONDAY, provider } from '../../org/actors.ts'

test('the thief of a key fills four places with it, and leaves room for the root that takes it away', async () => {
  const alice = actor('Alice')
  const { trusted, adminSeed, rootSeed } = found(alice)
  const membership = { trusted: () => trusted }
  const board = createProposalBoard({ store: openTestStore(), provider, membership, log: silentLog })
  const byThief = (n: number) => {
    const proposal = proposeList(provider, trusted, { edits: [] }, alice.personId, MONDAY + HOUR + n)
    return board.put(signProposal(provider, trusted, proposal, adminSeed))
  }
  for (let n = 0; n < 4; n += 1) await byThief(n)
  await expect(byThief(4)).rejects.toMatchObject({ code: 'bad-input' })
  const root = proposeRoot(provider, trusted, { name: 'Without the thief' }, alice.personId, MONDAY + HOUR)
  await board.put(signProposal(provider, trusted, root, rootSeed))
  expect(board.all()).toHaveLength(5)
})
