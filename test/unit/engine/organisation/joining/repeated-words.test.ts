import { expect, test } from 'vitest'
import { createNoticeBoard } from '../../../../../src/engine/organisation/boards/notice-board.ts'
import { findInvitationRow } from '../../../../../src/engine/organisation/joining/invitation-rows.ts'
import { createInvitations } from '../../../../../src/engine/organisation/joining/invitations.ts'
import { createRepeatedWords } from '../../../../../src/engine/organisation/joining/repeated-words.ts'
import { beginMembership, openMembership } from '../../../../../src/engine/organisation/list/membership.ts'
import {
  encodeBundle,
  makeDecline,
  makeWithdrawal,
  type NoticeOf,
  noticeForJoiner,
} from '../../../../../src/org/index.ts'
import { silentLog } from '../../../../helpers/silent-log.ts'
import { openTestStore } from '../../../../helpers/test-store.ts'
import {
  actor,
  adding,
  DAY,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  rotate,
} from '../../../org/actors.ts'

const alice = actor('Alice')
const emma = actor('Emma')
const bob = actor('Bob')
const now = MONDAY + 2 * HOUR
const { trusted: first, adminSeed, rootSeed } = found(alice)
const withEmma = publish(first, adding(emma), [adminSeed])
const emmasKey = { id: keyOf(newSeed()), holder: emma.personId, label: 'Emma' }
const { keys, roles } = withEmma.root
/** Both administer. */
const trusted = rotate(
  withEmma,
  {
    keys: [...keys, emmasKey],
    roles: { ...roles, contacts: { ...roles.contacts, keys: [...roles.contacts.keys, emmasKey.id] } },
  },
  [rootSeed],
)
const organisation = trusted.organisationId

/** Alice's device, on which she has made an invitation for Bob. */
const alicesDesk = async ({ isAdministrator = true } = {}) => {
  const store = openTestStore()
  await store.write(tx => beginMembership(tx, trusted, alice.personId))
  const membership = openMembership({ store, provider, device: alice.device.id, now: () => now })
  if (membership === undefined) throw new Error('Alice has no organisation')
  const notices = createNoticeBoard({ store, provider, membership, now: () => now, log: silentLog })
  const common = { store, provider, membership, notices, keys: alice.keys, now: () => now }
  const invitations = createInvitations({
    ...common,
    adminKey: { isHeld: () => true },
    staged: { newPeople: () => [] },
    addresses: () => [],
  })
  const { repeat } = createRepeatedWords({ ...common, adminKey: { isHeld: () => isAdministrator }, invitations })
  const details = { name: 'Bob', title: '', department: '', email: '', phone: '', lifetime: 7 * DAY }
  const { id } = await invitations.create(details)
  const words = { organisation, invitation: id, issued: now, until: now + HOUR }
  return {
    notices,
    repeat,
    id,
    stateOf: () => findInvitationRow(store, id)?.state,
    emmaWithdraws: () => notices.add(makeWithdrawal(provider, words, emma.keys).bytes),
    emmaDeclinesBob: () => notices.add(makeDecline(provider, { ...words, device: bob.device.id }, emma.keys).bytes),
    async emmaLeaves() {
      const next = publish(trusted, [{ kind: 'remove-person', personId: emma.personId, reason: 'left' }], [adminSeed])
      await membership.apply(encodeBundle(next))
      await notices.review()
    },
  }
}
const signersOf = (notices: readonly NoticeOf<'withdrawal' | 'decline'>[]) => notices.map(({ signer }) => signer).sort()

test('what Emma took back of Alice’s invitations stays taken back when Emma has left', async () => {
  const { notices, repeat, stateOf, emmaWithdraws, emmaLeaves } = await alicesDesk()
  await emmaWithdraws()
  await repeat()
  expect(stateOf()).toBe('withdrawn')
  expect(signersOf(notices.ofKind('withdrawal'))).toEqual([alice.device.id, emma.device.id].sort())
  await emmaLeaves()
  const [left, ...others] = notices.ofKind('withdrawal')
  expect([left?.signer, others.length]).toEqual([alice.device.id, 0])
  expect(left?.until, 'as long as the invitation').toBe(now + 7 * DAY)
})

test('whom Emma declines believes it, though the invitation names Alice alone', async () => {
  const { notices, repeat, id, emmaDeclinesBob, emmaLeaves } = await alicesDesk()
  const joiner = { organisation, invitation: id, device: bob.device.id, named: [alice.device.id] }
  const heard = () => notices.ofKind('decline').map(({ bytes }) => noticeForJoiner(provider, joiner, bytes))
  await emmaDeclinesBob()
  expect(heard()).toEqual([null])
  await repeat()
  await emmaLeaves()
  expect(heard()).toEqual(['declined'])
})

test('nothing is said twice, and nothing by whom nobody would believe', async () => {
  const desk = await alicesDesk()
  await desk.emmaDeclinesBob()
  await desk.repeat()
  const before = desk.notices.all()
  await desk.repeat()
  expect(desk.notices.all()).toEqual(before)

  const former = await alicesDesk({ isAdministrator: false })
  await former.emmaWithdraws()
  await former.repeat()
  expect([former.stateOf(), former.notices.all().length]).toEqual(['open', 1])
})
