import { expect, test } from 'vitest'
import { tellChanges, tellProposal } from '../../../../src/engine/administration/told-proposal.ts'
import {
  checkProposal,
  type KeyOffer,
  type ListEdit,
  makeKeyOffer,
  proposeList,
  proposeRoot,
  signProposal,
} from '../../../../src/org/index.ts'
import type { PersonId } from '../../../../src/shared/ids.ts'
import {
  actor,
  adding,
  DAY,
  detailsOf,
  found,
  HOUR,
  MONDAY,
  newPersonId,
  newSeed,
  provider,
  publish,
} from '../../org/actors.ts'

const [alice, emma, bob] = [actor('Alice'), actor('Emma'), actor('Bob')]
const { trusted: first, adminSeed } = found(alice)
const clerks = Array.from({ length: 250 }, (_, i) => ({
  ...detailsOf(emma),
  personId: newPersonId(),
  name: `Clerk ${i}`,
}))
const put = (title: string) => clerks.map((person): ListEdit => ({ kind: 'put-person', person: { ...person, title } }))
const trusted = publish(first, [...adding(emma), ...put('')], [adminSeed])

/** Signed by Alice's key, whoever is said to have made it, and told to Emma. */
const toldToEmma = (edits: readonly ListEdit[], proposer: PersonId) => {
  const bare = proposeList(provider, trusted, { edits }, proposer, MONDAY + HOUR)
  const proposal = signProposal(provider, trusted, bare, adminSeed)
  const nameOf = (id: PersonId) => trusted.people.get(id)?.name ?? '?'
  const teller = { trusted, self: emma.personId, ownKey: null, offers: [], nameOf }
  return tellProposal({ proposal, checked: checkProposal(provider, trusted, proposal) }, teller)
}

test('a proposal is by whom it is said to be only where they have signed it', () => {
  expect(toldToEmma([], emma.personId)).toMatchObject({ proposedBy: { name: 'Alice' }, isOwn: false })
  expect(toldToEmma([], alice.personId)).toMatchObject({ proposedBy: { name: 'Alice' }, isOwn: false })
})

test('a device that comes does not hide behind hundreds of titles: of many changes the gravest are told', () => {
  const { changes, changeCount } = toldToEmma([...put('Clerk'), ...adding(bob)], alice.personId)
  expect(changeCount).toBe(252)
  expect(changes[0]).toMatchObject({ kind: 'device-added', name: 'Bob' })
})

test('a key that comes is told to be offered only by its own holder, for exactly what it is to sign', () => {
  const seeds = { contacts: newSeed(), freshness: newSeed(), root: newSeed() }
  const { personId } = emma
  const fields = { organisation: trusted.organisationId, personId, offeredAt: MONDAY, until: MONDAY + DAY, seeds }
  const notice = makeKeyOffer(provider, fields, emma.keys)
  if (notice.kind !== 'key-offer') throw new Error('no offer')
  const { offer } = notice
  const told = (added: KeyOffer, offers: readonly KeyOffer[]) => {
    const proposal = proposeRoot(provider, trusted, { add: [added] }, alice.personId, MONDAY + HOUR)
    const checked = checkProposal(provider, trusted, proposal)
    return tellChanges(checked, { nameOf: () => '?', offers }).map(change => 'isOffered' in change && change.isOffered)
  }
  expect(told(offer, [offer])).toEqual([true, true, true])
  expect(told(offer, [])).toEqual([false, false, false])
  expect(told(offer, [{ ...offer, personId: bob.personId }])).toEqual([false, false, false])
  const { contacts, freshness } = offer
  // the freshness key lies unlocked on a device: it must not come as the one that signs lists
  expect(told({ ...offer, contacts: freshness, freshness: contacts }, [offer]).toSorted()).toEqual([false, false, true])
})
