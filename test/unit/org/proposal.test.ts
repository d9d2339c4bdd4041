import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recoveryWords, seedFromRecoveryWords, toHex } from '../../../src/crypto/index.ts'
import type { ListEdit } from '../../../src/org/administration/edit-list.ts'
import { type KeyOffer, keysOf } from '../../../src/org/administration/key-offer.ts'
import { changeRoot } from '../../../src/org/administration/root-change.ts'
import { prepareRoot } from '../../../src/org/administration/rotate-root.ts'
import { headerDocument } from '../../../src/org/documents/contact-list.ts'
import { leafOfPerson, leafOfTombstone } from '../../../src/org/documents/leaf.ts'
import { rootDocument } from '../../../src/org/documents/root.ts'
import { signDocument } from '../../../src/org/documents/signed.ts'
import {
  checkProposal,
  completeProposal,
  encodeProposal,
  keysHeldBy,
  mergeSignatures,
  needsNewList,
  type OfferedSeeds,
  type Proposal,
  prepareList,
  proposalId,
  proposeList,
  proposeRoot,
  publishList,
  type RefusalReason,
  type RootChange,
  readProposal,
  signList,
  signProposal,
  suggestThreshold,
  type TrustedState,
} from '../../../src/org/index.ts'
import type { ErrorCode } from '../../../src/shared/errors.ts'
import type { InvitationId } from '../../../src/shared/ids.ts'
import {
  type Actor,
  actor,
  adding,
  DAY,
  detailsOf,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  receive,
  updated,
  withHeader,
} from './actors.ts'

const NOW = MONDAY + HOUR
const alice = actor('Alice')
const emma = actor('Emma')
const pekka = actor('Pekka')
const bob = actor('Bob')
const mallory = actor('Mallory')
const { trusted: first, adminSeed, rootSeed } = found(alice)

const newSeeds = () => ({ contacts: newSeed(), freshness: newSeed(), root: newSeed() })
const offerOf = ({ personId }: Actor, seeds: OfferedSeeds): KeyOffer => ({
  format: 1,
  organisation: first.organisationId,
  personId,
  ...keysOf(provider, seeds),
  offeredAt: NOW,
  until: NOW + 7 * DAY,
})
const emmas = newSeeds()
const pekkas = newSeeds()

const travel = (proposal: Proposal): Proposal => readProposal(encodeProposal(proposal))
const signedWith = (trusted: TrustedState, proposal: Proposal, ...seeds: readonly Uint8Array[]): Proposal =>
  seeds.reduce((signed, seed) => travel(signProposal(provider, trusted, signed, seed)), proposal)
const check = (trusted: TrustedState, proposal: Proposal) => checkProposal(provider, trusted, proposal)
const complete = (trusted: TrustedState, proposal: Proposal) =>
  completeProposal(provider, trusted, travel(proposal), NOW)
const change = (trusted: TrustedState, what: RootChange, ...seeds: readonly Uint8Array[]): TrustedState =>
  updated(complete(trusted, signedWith(trusted, proposeRoot(provider, trusted, what, alice.personId, NOW), ...seeds)))
const edit = (trusted: TrustedState, edits: readonly ListEdit[], by = alice) =>
  proposeList(provider, trusted, { edits }, by.personId, NOW)
const refused = (reason: RefusalReason) => expect.objectContaining({ reason })
const failed = (code: ErrorCode) => expect.objectContaining({ code })

const people = publish(first, [...adding(emma), ...adding(pekka)], [adminSeed])
/** Alice, Emma and Pekka administer together: two of three for the list, for orders and for roots. */
const three = change(
  people,
  {
    add: [offerOf(emma, emmas), offerOf(pekka, pekkas)],
    thresholds: { root: 2, contacts: 2, orders: 2 },
  },
  rootSeed,
  emmas.root,
)

describe('Alice administers alone', () => {
  test('what she proposes needs nobody else', () => {
    const proposal = edit(first, adding(bob))
    expect(check(first, proposal)).toMatchObject({
      kind: 'list',
      version: 2,
      signed: [],
      isComplete: false,
      isProposerProven: false,
      needs: [{ of: 'contacts', threshold: 1, signed: [], missing: [keyOf(adminSeed)] }],
    })
    const signed = signedWith(first, proposal, adminSeed)
    expect(check(first, signed)).toMatchObject({ isComplete: true, isProposerProven: true, signed: [keyOf(adminSeed)] })
    const after = updated(complete(first, signed))
    expect(after.people.get(bob.personId)?.name).toBe('Bob')
    expect(receive(first, after)).toMatchObject({ kind: 'updated' })
  })

  test('with no change at all: the same list, signed anew', () => {
    const renewed = updated(complete(people, signedWith(people, edit(people, []), adminSeed)))
    expect(renewed.leaves).toEqual(people.leaves)
    expect(renewed.list.header).toMatchObject({ version: 3, issued: NOW })
  })

  test('with new rules alone', () => {
    const policy = { ...people.policy.value, offlineLeaseDays: 30 }
    const proposal = proposeList(provider, people, { edits: [], policy }, alice.personId, NOW)
    expect(proposal).toMatchObject({ changed: [], removed: [] })
    expect(check(people, proposal)).toMatchObject({
      changes: [{ kind: 'policy-changed', fields: [{ field: 'offlineLeaseDays', before: null, after: 30 }] }],
    })
    expect(updated(complete(people, signedWith(people, proposal, adminSeed))).policy.value.offlineLeaseDays).toBe(30)
  })
})

describe('Emma and Pekka become administrators', () => {
  test('by a root that the recovery sheet and one of their own keys sign', () => {
    expect(three.root.version).toBe(2)
    expect(three.root.roles.contacts).toMatchObject({ threshold: 2 })
    expect(three.root.roles.contacts.keys).toHaveLength(3)
    expect(keysHeldBy(three.root, emma.personId)).toHaveLength(3)
    expect(receive(people, three)).toMatchObject({ kind: 'updated' })
  })

  test('the old sheet alone does not do: the new root asks for two', () => {
    const what = { add: [offerOf(emma, emmas)], thresholds: { root: 2 } }
    const proposal = signedWith(people, proposeRoot(provider, people, what, alice.personId, NOW), rootSeed)
    expect(check(people, proposal)).toMatchObject({
      kind: 'root',
      isComplete: false,
      needs: [
        { of: 'root', threshold: 1, signed: [keyOf(rootSeed)], missing: [] },
        { of: 'next-root', threshold: 2, signed: [keyOf(rootSeed)], missing: [keyOf(emmas.root)] },
      ],
    })
    expect(complete(people, proposal)).toMatchObject({ kind: 'refused', reason: 'threshold-short' })
  })

  test('nor do only new keys', () => {
    const what = { add: [offerOf(emma, emmas)] }
    const proposal = signedWith(people, proposeRoot(provider, people, what, emma.personId, NOW), emmas.root)
    expect(check(people, proposal)).toMatchObject({ isComplete: false, isProposerProven: true })
    expect(complete(people, proposal)).toMatchObject({ kind: 'refused', reason: 'threshold-short' })
  })

  test('what is proposed is told in full, whatever the proposer says', () => {
    const what = { add: [offerOf(emma, emmas)], thresholds: { contacts: 2 }, name: 'Harbour Ltd' }
    const { changes } = check(people, proposeRoot(provider, people, what, alice.personId, NOW))
    expect(changes.map(({ kind }) => kind).sort()).toEqual([
      'key-added',
      'key-added',
      'key-added',
      'organisation-renamed',
      'threshold-changed',
    ])
    expect(changes).toContainEqual({ kind: 'threshold-changed', role: 'contacts', before: 1, after: 2, of: 2 })
    expect(changes).toContainEqual({
      kind: 'key-added',
      keyId: keyOf(emmas.contacts),
      holder: emma.personId,
      label: 'Administrator',
      roles: ['contacts', 'orders'],
    })
  })
})

describe('two of three', () => {
  const proposal = edit(three, adding(bob))

  test('Alice proposes, Emma signs, and it is in force', () => {
    const alices = signedWith(three, proposal, adminSeed)
    expect(check(three, alices)).toMatchObject({ isComplete: false, needs: [{ threshold: 2 }] })
    expect(complete(three, alices)).toMatchObject({ kind: 'refused', reason: 'threshold-short' })
    const both = signedWith(three, alices, emmas.contacts)
    expect(check(three, both)).toMatchObject({ isComplete: true })
    expect(check(three, both).changes).toContainEqual({ kind: 'person-added', personId: bob.personId, name: 'Bob' })
    const after = updated(complete(three, both))
    expect(after.list.signed.signatures).toHaveLength(2)
    expect(receive(three, after)).toMatchObject({ kind: 'updated' })
  })

  test('Emma and Pekka sign at the same time: their signatures come together, whoever tells whom', () => {
    const [hers, his] = [signedWith(three, proposal, emmas.contacts), signedWith(three, proposal, pekkas.contacts)]
    const merged = mergeSignatures(provider, three, hers, his)
    expect(mergeSignatures(provider, three, his, hers).signatures).toEqual(merged.signatures)
    expect(mergeSignatures(provider, three, merged, hers)).toEqual(merged)
    expect(check(three, merged)).toMatchObject({ isComplete: true })
  })

  test('however signatures come in, right and wrong, those that count are the same in the end', () => {
    const document = proposal.document
    const by = (seed: Uint8Array) => signDocument(provider, seed, 'lanyard/contacts/1', document)
    const right = [adminSeed, emmas.contacts, pekkas.contacts].map(by)
    const [alices] = right
    if (alices === undefined) throw new Error('Alice has signed')
    const pool = [...right, by(emmas.root), by(newSeed()), { ...alices, key: keyOf(pekkas.contacts) }]
    const some = fc.subarray(pool, { maxLength: 4 })
    const merge = (a: Proposal, b: Proposal) => mergeSignatures(provider, three, a, b)
    const withSignatures = (signatures: Proposal['signatures']): Proposal => ({ ...proposal, signatures })
    fc.assert(
      fc.property(some, some, some, (x, y, z) => {
        const [a, b, c] = [x, y, z].map(withSignatures) as [Proposal, Proposal, Proposal]
        const merged = merge(merge(a, b), c)
        expect(merge(c, merge(b, a))).toEqual(merged)
        const expected = right.filter(each => [...x, ...y, ...z].includes(each)).map(({ key }) => key)
        expect(merged.signatures.map(({ key }) => key)).toEqual(expected.sort())
      }),
      { numRuns: 25 },
    )
  })

  test('of a copy with forged signatures no more than four are looked at', () => {
    const [alices] = signedWith(three, proposal, adminSeed).signatures
    const forged = { key: keyOf(emmas.contacts), signature: new Uint8Array(64) }
    const held = { ...proposal, signatures: alices === undefined ? [] : [alices] }
    let verified = 0
    const counting = {
      ...provider,
      ed25519Verify: (...given: Parameters<typeof provider.ed25519Verify>) => {
        verified += 1
        return provider.ed25519Verify(...given)
      },
    }
    const merged = mergeSignatures(counting, three, held, { ...proposal, signatures: Array(60).fill(forged) })
    expect(merged.signatures).toEqual([alices])
    expect(verified).toBe(5)
  })

  test('nobody signs twice', () => {
    const alices = signedWith(three, proposal, adminSeed)
    expect(() => signProposal(provider, three, alices, adminSeed)).toThrow(failed('already-signed'))
  })

  test('a key of another role, or of nobody, does not sign', () => {
    expect(() => signProposal(provider, three, proposal, emmas.root)).toThrow(refused('key-wrong-role'))
    expect(() => signProposal(provider, three, proposal, emmas.freshness)).toThrow(refused('key-wrong-role'))
    expect(() => signProposal(provider, three, proposal, newSeed())).toThrow(refused('key-unknown'))
    const root = proposeRoot(provider, three, {}, alice.personId, NOW)
    expect(() => signProposal(provider, three, root, adminSeed)).toThrow(refused('key-wrong-role'))
  })

  test('once the list has moved on the proposal is outdated', () => {
    const signed = signedWith(three, proposal, adminSeed, emmas.contacts)
    const other = signedWith(
      three,
      edit(three, [{ kind: 'put-person', person: { ...detailsOf(emma), title: 'CFO' } }]),
      emmas.contacts,
      pekkas.contacts,
    )
    const moved = updated(complete(three, other))
    expect(() => check(moved, signed)).toThrow(failed('proposal-outdated'))
    expect(() => complete(moved, signed)).toThrow(failed('proposal-outdated'))
  })

  test('once the root has moved on it is outdated too', () => {
    const rotated = change(three, { name: 'Harbour Ltd' }, rootSeed, emmas.root)
    expect(() => check(rotated, proposal)).toThrow(failed('proposal-outdated'))
    const root = proposeRoot(provider, three, { name: 'Other' }, alice.personId, NOW)
    expect(() => check(rotated, root)).toThrow(failed('proposal-outdated'))
  })

  test('on a disk and back: the id is that of what is signed, whoever has signed', () => {
    const signed = signedWith(three, proposal, adminSeed)
    expect(travel(signed)).toEqual(signed)
    expect(proposalId(provider, signed)).toBe(proposalId(provider, proposal))
    expect(check(three, signed).id).toBe(toHex(provider.sha256(proposal.document)))
  })
})

describe('Mallory carries a proposal', () => {
  const proposal = signedWith(three, edit(three, adding(bob)), adminSeed)
  const with_ = (signatures: Proposal['signatures']): Proposal => ({ ...proposal, signatures })
  const [alices] = proposal.signatures
  if (alices === undefined) throw new Error('Alice has signed')
  const hers = (document = proposal.document, context: Parameters<typeof signDocument>[2] = 'lanyard/contacts/1') =>
    signDocument(provider, emmas.contacts, context, document)

  test.each<[string, RefusalReason, Proposal['signatures']]>([
    ['twice the same signature', 'signature-duplicate', [alices, alices]],
    [
      'a key nobody knows',
      'key-unknown',
      [alices, signDocument(provider, newSeed(), 'lanyard/contacts/1', proposal.document)],
    ],
    [
      'a key that signs roots',
      'key-wrong-role',
      [alices, signDocument(provider, emmas.root, 'lanyard/contacts/1', proposal.document)],
    ],
    ['a signature of something else', 'signature-invalid', [alices, hers(new Uint8Array([1]))]],
    ['a signature for something else', 'signature-invalid', [alices, hers(proposal.document, 'lanyard/orders/1')]],
    ['one signature under two names', 'signature-invalid', [alices, { ...alices, key: keyOf(emmas.contacts) }]],
  ])('with %s', (_, reason, signatures) => {
    const forged = with_(signatures)
    expect(() => check(three, forged)).toThrow(refused(reason))
    expect(() => signProposal(provider, three, forged, pekkas.contacts)).toThrow(refused(reason))
    // put together with the right ones, the wrong ones are gone and stop nobody
    expect(mergeSignatures(provider, three, proposal, forged)).toEqual(proposal)
    expect(complete(three, forged)).toMatchObject({ kind: 'refused', reason: 'threshold-short' })
  })

  test('with other entries than those that are signed', () => {
    const other = edit(three, adding(mallory))
    expect(() => check(three, { ...proposal, changed: other.changed })).toThrow(refused('merkle-mismatch'))
    expect(() => check(three, { ...proposal, changed: [] })).toThrow(refused('count-mismatch'))
    expect(() => check(three, { ...proposal, changed: [...proposal.changed, ...proposal.changed] })).toThrow(
      refused('delta-mismatch'),
    )
    expect(() => check(three, { ...proposal, policy: new Uint8Array([1]) })).toThrow(refused('policy-mismatch'))
  })

  test('with a header that no administrator’s device writes', () => {
    const header = headerDocument.decode(proposal.document)
    const told = (what: Partial<typeof header>) => () =>
      check(three, { ...proposal, document: headerDocument.encode({ ...header, ...what }), signatures: [] })
    expect(told({ version: 9 })).toThrow(refused('malformed'))
    expect(told({ expires: header.expires + 1 })).toThrow(refused('malformed'))
    expect(told({ previous: null })).toThrow(refused('malformed'))
    expect(told({ organisation: found(mallory).trusted.organisationId })).toThrow(refused('malformed'))
    expect(told({ rootVersion: 1 })).toThrow(failed('proposal-outdated'))
  })

  test('into another organisation', () => {
    expect(() => check(found(mallory).trusted, proposal)).toThrow(failed('proposal-outdated'))
  })

  test('as two different ones to be put together', () => {
    expect(() => mergeSignatures(provider, three, proposal, edit(three, []))).toThrow(failed('bad-input'))
  })
})

describe('Mallory at a stolen administrator’s device asks for signatures under what no edit makes', () => {
  const withBob = publish(people, adding(bob), [adminSeed])
  const forge = (
    state: TrustedState,
    changed: Proposal['changed'],
    leaves: TrustedState['leaves'],
    removed: Proposal['removed'] = [],
  ) => {
    const draft = prepareList(provider, { ...state, leaves, tree: null }, { edits: [] }, NOW)
    return check(state, { ...edit(state, []), document: draft.header.document, changed, removed })
  }
  const bobsLeaf = withBob.leaves.find(leaf => leaf.kind === 'person' && leaf.value.personId === bob.personId)
  if (bobsLeaf?.kind !== 'person') throw new Error('Bob is on the list')
  const replace = (leaf: (typeof withBob.leaves)[number]) =>
    withBob.leaves.map(each => (each.key === leaf.key ? leaf : each))

  test('other keys for Bob’s device: she would read his messages', () => {
    const devices = [{ ...bob.device, dh: mallory.device.dh }]
    const leaf = leafOfPerson({ ...bobsLeaf.value, devices })
    expect(() => forge(withBob, [leaf.bytes], replace(leaf))).toThrow(refused('list-inconsistent'))
  })

  test('a device that goes without a trace', () => {
    const leaf = leafOfPerson({ ...bobsLeaf.value, devices: [] })
    expect(() => forge(withBob, [leaf.bytes], replace(leaf))).toThrow(refused('list-inconsistent'))
  })

  test('a removed device that may come back, or one buried before its time', () => {
    const without = publish(
      withBob,
      [{ kind: 'remove-device', deviceId: bob.device.id, reason: 'stolen' }],
      [adminSeed],
    )
    const tombstone = without.leaves.find(({ kind }) => kind === 'tombstone')
    if (tombstone === undefined) throw new Error('Bob’s device has left a tombstone')
    expect(() =>
      forge(
        without,
        [],
        without.leaves.filter(leaf => leaf !== tombstone),
        [tombstone.key],
      ),
    ).toThrow(refused('list-inconsistent'))
    const buried = leafOfTombstone({
      deviceId: mallory.device.id,
      personId: bob.personId,
      removedAt: NOW,
      reason: 'left',
      invitation: null,
    })
    expect(() =>
      forge(
        without,
        [buried.bytes],
        [...without.leaves, buried].sort((a, b) => (a.key < b.key ? -1 : 1)),
      ),
    ).toThrow(refused('list-inconsistent'))
  })

  test('a tombstone that forgets whose the device was, or which invitation is used up', () => {
    const invitation = '17'.repeat(16) as InvitationId
    const spare = actor('Bob')
    const device = { ...spare.device, invitation }
    const joined = publish(withBob, [{ kind: 'add-device', personId: bob.personId, device }], [adminSeed])
    const gone: ListEdit = { kind: 'remove-device', deviceId: device.id, reason: 'lost' }
    const honest = prepareList(provider, joined, { edits: [gone] }, NOW)
    const stone = honest.leaves.find(({ kind }) => kind === 'tombstone')
    const owner = honest.leaves.find(leaf => leaf.kind === 'person' && leaf.value.personId === bob.personId)
    if (stone?.kind !== 'tombstone' || owner === undefined) throw new Error('the device has left a tombstone')
    const tell = (what: Partial<typeof stone.value>, state = joined) => {
      const other = leafOfTombstone({ ...stone.value, ...what })
      const leaves = honest.leaves.map(leaf => (leaf === stone ? other : leaf))
      return () => forge(state, state === joined ? [owner.bytes, other.bytes] : [other.bytes], leaves)
    }
    expect(tell({})).not.toThrow()
    expect(tell({ invitation: null })).toThrow(refused('list-inconsistent'))
    expect(tell({ personId: emma.personId })).toThrow(refused('list-inconsistent'))
    // nor later
    const after = publish(joined, [gone], [adminSeed])
    expect(tell({ invitation: null }, after)).toThrow(refused('list-inconsistent'))
    expect(tell({ reason: 'left' }, after)).toThrow(refused('list-inconsistent'))
  })

  test('an invitation that lets a second device in', () => {
    const invitation = '17'.repeat(16) as InvitationId
    const [spare, another] = [actor('Bob'), actor('Bob')]
    const add = (device: Actor['device']) =>
      leafOfPerson({ ...bobsLeaf.value, devices: [...bobsLeaf.value.devices, device] })
    const first = add({ ...spare.device, invitation })
    expect(() => forge(withBob, [first.bytes], replace(first))).not.toThrow()
    const devices = [...bobsLeaf.value.devices, { ...spare.device, invitation }, { ...another.device, invitation }]
    const both = leafOfPerson({ ...bobsLeaf.value, devices })
    expect(() => forge(withBob, [both.bytes], replace(both))).toThrow(refused('list-inconsistent'))
    const used = publish(
      withBob,
      [{ kind: 'add-device', personId: bob.personId, device: { ...spare.device, invitation } }],
      [adminSeed],
    )
    expect(() => forge(used, [both.bytes], replace(both))).toThrow(refused('list-inconsistent'))
  })

  test('Bob’s device under Emma’s name', () => {
    const emmasLeaf = withBob.leaves.find(leaf => leaf.kind === 'person' && leaf.value.personId === emma.personId)
    if (emmasLeaf?.kind !== 'person') throw new Error('Emma is on the list')
    const taken = leafOfPerson({ ...emmasLeaf.value, devices: [...emmasLeaf.value.devices, bob.device] })
    const bare = leafOfPerson({ ...bobsLeaf.value, devices: [] })
    const leaves = withBob.leaves.map(each => (each.key === taken.key ? taken : each.key === bare.key ? bare : each))
    const changed = [taken, bare].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ bytes }) => bytes)
    expect(() => forge(withBob, changed, leaves)).toThrow(refused('list-inconsistent'))
  })

  test('a root with a list in it, or that is not the next', () => {
    const proposal = proposeRoot(provider, three, { name: 'Harbour Ltd' }, alice.personId, NOW)
    expect(() => check(three, { ...proposal, changed: [new Uint8Array()] })).toThrow(refused('malformed'))
    const root = rootDocument.decode(proposal.document)
    const told = (what: Partial<typeof root>) => () =>
      check(three, { ...proposal, document: rootDocument.encode({ ...root, ...what }) })
    expect(told({ version: 4 })).toThrow(refused('malformed'))
    expect(told({ expires: root.expires + 1 })).toThrow(refused('malformed'))
    expect(told({ organisation: null })).toThrow(refused('malformed'))
  })

  test('a root or a list of years ago: it would run out with the last signature', () => {
    const old = NOW - 10 * 365 * DAY
    const root = proposeRoot(provider, three, { name: 'Harbour Ltd' }, alice.personId, old)
    expect(() => check(three, root)).toThrow(refused('malformed'))
    const list = proposeList(provider, three, { edits: adding(bob) }, alice.personId, old)
    expect(() => check(three, list)).toThrow(refused('malformed'))
    const behind = proposeRoot(provider, three, { name: 'Harbour Ltd' }, alice.personId, NOW - HOUR)
    expect(check(three, behind).changes).toMatchObject([{ kind: 'organisation-renamed' }])
  })

  test('a root in which a key becomes another one, or comes from nobody', () => {
    const asked = (of: (root: typeof three.root) => Partial<typeof three.root>) => () => {
      const document = prepareRoot(provider, three, of(three.root), NOW).document
      return check(three, { ...proposeRoot(provider, three, {}, alice.personId, NOW), document })
    }
    const isAlices = (key: (typeof three.root.keys)[number]) =>
      key.holder === alice.personId && key.label === 'Freshness'
    const freshness = three.root.keys.find(isAlices)?.id
    if (freshness === undefined) throw new Error('Alice vouches for the list')
    const also = (role: 'contacts' | 'root', key: typeof freshness, keys = three.root.keys) => ({
      keys,
      roles: {
        ...three.root.roles,
        [role]: { ...three.root.roles[role], keys: [...three.root.roles[role].keys, key] },
      },
    })
    const coming = (what: Partial<(typeof three.root.keys)[number]>) => {
      const key = { id: keyOf(newSeed()), holder: emma.personId, label: 'Administrator', ...what }
      const { keys, roles } = also('contacts', key.id, [...three.root.keys, key])
      return { keys, roles: { ...roles, orders: { ...roles.orders, keys: [...roles.orders.keys, key.id] } } }
    }
    expect(asked(() => coming({}))).not.toThrow()
    expect(asked(() => also('contacts', freshness))).toThrow(refused('list-inconsistent'))
    expect(asked(() => coming({ holder: null, label: 'Pekka' }))).toThrow(refused('list-inconsistent'))
    expect(asked(() => coming({ holder: null }))).toThrow(refused('list-inconsistent'))
    expect(asked(() => coming({ label: 'Freshness' }))).toThrow(refused('list-inconsistent'))
    const renamed = (what: Partial<(typeof three.root.keys)[number]>) => () => ({
      keys: three.root.keys.map(key => (key.id === freshness ? { ...key, ...what } : key)),
    })
    expect(asked(renamed({ holder: emma.personId }))).toThrow(refused('list-inconsistent'))
    expect(asked(renamed({ label: 'Recovery sheet' }))).toThrow(refused('list-inconsistent'))
  })
})

describe('keys come, change and go', () => {
  test('Emma takes new keys: the old ones sign nothing more', () => {
    const fresh = newSeeds()
    const rotated = change(
      three,
      { remove: keysHeldBy(three.root, emma.personId), add: [offerOf(emma, fresh)] },
      rootSeed,
      pekkas.root,
    )
    const proposal = edit(rotated, adding(bob))
    expect(() => signProposal(provider, rotated, proposal, emmas.contacts)).toThrow(refused('key-unknown'))
    updated(complete(rotated, signedWith(rotated, proposal, fresh.contacts, adminSeed)))
  })

  test('Pekka goes, and with his keys the threshold that two can reach', () => {
    const remove = keysHeldBy(three.root, pekka.personId)
    const alone = change(three, { remove, thresholds: { root: 1, contacts: 1, orders: 1 } }, rootSeed, emmas.root)
    updated(complete(alone, signedWith(alone, edit(alone, []), emmas.contacts)))
  })

  test('what would leave nobody able to sign is refused', () => {
    const asked = (what: RootChange) => () => changeRoot(three.root, what)
    expect(asked({ thresholds: { contacts: 4 } })).toThrow(failed('change-impossible'))
    expect(asked({ thresholds: { root: 0 } })).toThrow(failed('change-impossible'))
    expect(asked({ thresholds: { orders: 1.5 } })).toThrow(failed('change-impossible'))
    const all = three.root.keys.map(({ id }) => id)
    expect(asked({ remove: all })).toThrow(failed('change-impossible'))
    const contacts = three.root.roles.contacts.keys.slice(1)
    expect(asked({ remove: contacts, thresholds: { orders: 1 } })).toThrow(failed('change-impossible'))
    expect(asked({ remove: [keyOf(newSeed())] })).toThrow(failed('change-impossible'))
    expect(asked({ add: [offerOf(emma, emmas)] })).toThrow(failed('change-impossible'))
  })

  test('nor does the proposal of somebody who wrote it by hand', () => {
    const { keys, roles, name } = three.root
    const stuck = { name, keys, roles: { ...roles, contacts: { ...roles.contacts, threshold: 9 } } }
    const document = prepareRoot(provider, three, stuck, NOW).document
    expect(() => check(three, { ...proposeRoot(provider, three, {}, alice.personId, NOW), document })).toThrow(
      refused('malformed'),
    )
  })

  test('the suggestion: one for one or two, two of three, three beyond four', () => {
    expect([1, 2, 3, 4, 5, 12].map(suggestThreshold)).toEqual([1, 1, 2, 2, 3, 3])
  })
})

describe('Mallory has stolen the key that signs lists', () => {
  const words = recoveryWords(rootSeed)
  const fresh = newSeeds()
  const recovered = (from: TrustedState): TrustedState => {
    const what = { remove: [keyOf(adminSeed)], add: [{ ...offerOf(alice, fresh), root: null }] }
    return change(from, what, seedFromRecoveryWords(words))
  }
  /** What she signs: everybody out but herself, counted up to the end. */
  const stolen = (version: number) => updated(receive(people, withHeader(people, { version, issued: NOW }, adminSeed)))

  test('with the recovery sheet a new key takes its place, and the list is signed anew', () => {
    const after = recovered(people)
    expect(needsNewList(people)).toBe(false)
    expect(needsNewList(after)).toBe(true)
    expect(() => signProposal(provider, after, edit(after, []), adminSeed)).toThrow(refused('key-unknown'))
    const renewed = updated(complete(after, signedWith(after, edit(after, []), fresh.contacts)))
    expect(needsNewList(renewed)).toBe(false)
    expect(renewed.list.header.version).toBe(3)
    expect(receive(people, renewed)).toMatchObject({ kind: 'updated' })
    // what she signs from now on is refused
    expect(receive(renewed, withHeader(people, { version: 9 }, adminSeed))).toMatchObject({ kind: 'refused' })
  })

  test.each([2 ** 48, 2 ** 48 - 1, 2 ** 33, 2 ** 33 + 5, 1_000])(
    'and has counted its version up to %i: the new list replaces hers everywhere',
    version => {
      const hers = stolen(version)
      expect(hers.list.header.version).toBe(version)
      const after = recovered(hers)
      const renewed = updated(complete(after, signedWith(after, edit(after, []), fresh.contacts)))
      expect(renewed.list.header.version).toBeLessThan(2 ** 34)
      for (const victim of [hers, people, first]) {
        const got = updated(receive(victim, renewed))
        expect(got.list.hash).toBe(renewed.list.hash)
        // and there is room for the next
        const next = updated(complete(got, signedWith(got, edit(got, adding(bob)), fresh.contacts)))
        expect(updated(receive(victim, next)).people.has(bob.personId)).toBe(true)
      }
    },
  )

  test('and an honest list that the new root still vouches for is not above the new one', () => {
    // of four keys two are stolen; a list that the other two signed stays good under the root without the stolen ones
    const fourth = newSeeds()
    const four = change(three, { add: [{ ...offerOf(bob, fourth), root: null }] }, rootSeed, emmas.root)
    const honest = updated(complete(four, signedWith(four, edit(four, []), adminSeed, emmas.contacts)))
    const forged = withHeader(honest, { version: 2 ** 48, issued: NOW }, pekkas.contacts, fourth.contacts)
    const hers = updated(receive(honest, forged))
    const remove = [keyOf(pekkas.contacts), keyOf(fourth.contacts)]
    const after = change(hers, { remove }, rootSeed, emmas.root)
    const renewed = updated(complete(after, signedWith(after, edit(after, []), adminSeed, emmas.contacts)))
    for (const victim of [hers, honest]) expect(updated(receive(victim, renewed)).list.hash).toBe(renewed.list.hash)
  })

  test('the recovery sheet alone signs no list, and a proposal under it nobody takes for one', () => {
    const draft = signList(provider, prepareList(provider, people, { edits: [] }, NOW), rootSeed)
    expect(publishList(provider, people, draft, NOW)).toMatchObject({ kind: 'refused', reason: 'key-wrong-role' })
  })
})

test('a higher threshold asks for a new list as well: newcomers believe no list that one has signed where two must', () => {
  expect(needsNewList(three)).toBe(true)
  expect(receive(first, three)).toMatchObject({ kind: 'refused', reason: 'threshold-short' })
  const renewed = updated(complete(three, signedWith(three, edit(three, []), adminSeed, emmas.contacts)))
  expect(needsNewList(renewed)).toBe(false)
  expect(receive(first, renewed)).toMatchObject({ kind: 'updated', trusted: { root: { version: 2 } } })
})
