import { describe, expect, test } from 'vitest'
import { emptyRoles, keyHolders, namesAfter, type RootChange } from '../../../../src/renderer/text/administrators.ts'
import type { AdministratorKey, KeyOffer, RoleName } from '../../../../src/shared/contract/administration-entities.ts'
import type { KeyId, PersonId } from '../../../../src/shared/ids.ts'

const ALICE = '01'.repeat(16) as PersonId
const BOB = '02'.repeat(16) as PersonId

const key = (id: string, personId: PersonId | null, name: string, ...roles: RoleName[]): AdministratorKey => ({
  id: id.repeat(16) as KeyId,
  personId,
  name,
  label: 'Administrator',
  roles,
  isHere: false,
})
const alices = key('a1', ALICE, 'Alice', 'contacts', 'orders')
const alicesSheet = key('a2', ALICE, 'Alice', 'root')
const alicesFreshness = key('a3', ALICE, 'Alice', 'freshness')
const keys = [alicesSheet, alices, alicesFreshness]
const bobs: KeyOffer = {
  id: 'b1'.repeat(16),
  personId: BOB,
  name: 'Bob',
  words: ['a', 'b', 'c', 'd', 'e', 'f'],
  hasRootKey: false,
  offeredAt: 0,
}
const change = (part: Partial<RootChange>): RootChange => ({
  add: new Set(),
  remove: new Set(),
  thresholds: { contacts: 1, orders: 1, root: 1 },
  ...part,
})

test('keys stand with whoever holds them', () => {
  const nobodys = key('c1', null, 'Safe', 'root')
  expect(keyHolders([...keys, nobodys]).map(({ name, keys: own }) => [name, own.length])).toEqual([
    ['Alice', 3],
    ['Safe', 1],
  ])
})

describe('after a change', () => {
  test('an offer that is taken up signs lists and orders, and roots only with a sheet of its own', () => {
    const taken = change({ add: new Set([bobs.id]) })
    expect(namesAfter({ keys, offers: [bobs] }, taken, 'contacts')).toEqual(['Alice', 'Bob'])
    expect(namesAfter({ keys, offers: [bobs] }, taken, 'root')).toEqual(['Alice'])
    const withSheet = { ...bobs, hasRootKey: true }
    expect(namesAfter({ keys, offers: [withSheet] }, taken, 'root')).toEqual(['Alice', 'Bob'])
  })
  test('an offer that is not taken up signs nothing', () => {
    expect(namesAfter({ keys, offers: [bobs] }, change({}), 'contacts')).toEqual(['Alice'])
  })
  test('a role without a key is named', () => {
    const removed = change({ remove: new Set([alices.id]) })
    expect(emptyRoles({ keys, offers: [] }, removed)).toEqual(['contacts', 'orders'])
    expect(emptyRoles({ keys, offers: [bobs] }, { ...removed, add: new Set([bobs.id]) })).toEqual([])
  })
})
