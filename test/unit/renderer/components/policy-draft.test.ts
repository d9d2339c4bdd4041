import { expect, it } from 'vitest'
import { draftOfPolicy, faultsOf, policyOf } from '../../../../src/renderer/components/admin/policies/policy-draft.ts'
import type { Policy } from '../../../../src/shared/contract/edits.ts'

const policy: Policy = {
  approvesInvitations: true,
  offlineLeaseDays: 30,
  seedAddresses: ['/ip4/10.20.0.5/tcp/4870', '/ip6/fd00::5/tcp/4870'],
}

it('reads back from the form what it put in', () => {
  expect(policyOf(draftOfPolicy(policy))).toEqual(policy)
  expect(policyOf(draftOfPolicy({ ...policy, offlineLeaseDays: null, seedAddresses: [] }))).toEqual({
    approvesInvitations: true,
    offlineLeaseDays: null,
    seedAddresses: [],
  })
})

it('refuses days and addresses that devices would not understand, and names them', () => {
  const draft = draftOfPolicy(policy)
  for (const leaseDays of ['', '0', '-1', '1.5', '36501', 'ten'])
    expect(policyOf({ ...draft, leaseDays }), leaseDays).toBeNull()
  expect(faultsOf({ ...draft, seeds: '10.20.0.5:4870\npc-12' }).seeds).toContain('pc-12')
  expect(policyOf({ ...draft, hasLease: false, leaseDays: 'ten' })?.offlineLeaseDays).toBeNull()
})

it('warns of a lease that a short holiday would break', () => {
  expect(faultsOf({ ...draftOfPolicy(policy), leaseDays: '3' }).warning).toContain('3 days')
  expect(faultsOf(draftOfPolicy(policy)).warning).toBeNull()
})
