import { expect, test } from 'vitest'
import { type Joiner, makeDecline, makeWithdrawal, noticeForJoiner } from '../../../src/org/index.ts'
import type { DeviceId, InvitationId, OrganisationId } from '../../../src/shared/ids.ts'
import { actor, HOUR, MONDAY, provider } from './actors.ts'

const [alice, mallory, carol] = [actor('Alice'), actor('Mallory'), actor('Carol')]
const invitation = '17'.repeat(16) as InvitationId
const organisation = 'aa'.repeat(32) as OrganisationId
const joiner: Joiner = { organisation, invitation, device: carol.device.id, named: [alice.device.id] }

const times = { issued: MONDAY, until: MONDAY + HOUR }
const decline = (
  change: { device?: DeviceId; invitation?: InvitationId; organisation?: OrganisationId } = {},
  by = alice,
) => makeDecline(provider, { organisation, invitation, device: carol.device.id, ...times, ...change }, by.keys).bytes

test("Carol believes Alice's word from whomever she hears it", () => {
  expect(noticeForJoiner(provider, joiner, decline())).toBe('declined')
  const withdrawn = makeWithdrawal(provider, { organisation, invitation, ...times }, alice.keys).bytes
  expect(noticeForJoiner(provider, joiner, withdrawn)).toBe('withdrawn')
})

test('she believes no word about somebody else, and none that a device signed which her invitation does not name', () => {
  expect(noticeForJoiner(provider, joiner, decline({ device: mallory.device.id }))).toBeNull()
  expect(noticeForJoiner(provider, joiner, decline({ invitation: '18'.repeat(16) as InvitationId }))).toBeNull()
  expect(noticeForJoiner(provider, joiner, decline({ organisation: 'ab'.repeat(32) as OrganisationId }))).toBeNull()
  expect(noticeForJoiner(provider, joiner, decline({}, mallory))).toBeNull()
})

test('a word that was changed on its way counts for nothing', () => {
  const honest = decline()
  for (let at = 0; at < honest.length; at += 7) {
    const changed = Uint8Array.from(honest)
    changed[at] = (changed[at] ?? 0) ^ 1
    const read = () => noticeForJoiner(provider, joiner, changed)
    try {
      expect(read()).toBeNull()
    } catch (error) {
      expect(error).toMatchObject({ code: 'document-malformed' })
    }
  }
})
