import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../../src/crypto/index.ts'
import { issueFreshness, prepareList, publishList, signList } from '../../../src/org/administration/sign-list.ts'
import {
  type Device,
  type GroupId,
  groupKey,
  type Leaf,
  type LeafKey,
  leafOfPerson,
  personKey,
} from '../../../src/org/documents/leaf.ts'
import { hashLeaves, merkleRoot } from '../../../src/org/documents/merkle.ts'
import { defaultPolicy } from '../../../src/org/documents/policy.ts'
import { hashOf } from '../../../src/org/documents/root.ts'
import { type Delta, deltaDocument, deltaOf } from '../../../src/org/history/delta.ts'
import { applyDelta, encodeDelta, historyStep, needsWholeBundle, touchedSince } from '../../../src/org/index.ts'
import { patchLeaves } from '../../../src/org/trust/patch-leaves.ts'
import type { TrustedState } from '../../../src/org/trust/trusted.ts'
import {
  actor,
  adding,
  DAY,
  detailsOf,
  expectRefused,
  found,
  HOUR,
  keyOf,
  MONDAY,
  newSeed,
  provider,
  publish,
  rotate,
  updated,
  withHeader,
} from './actors.ts'
import { anyEdits, byHand } from './edits.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const carol = actor('Carol')
const { trusted: first, adminSeed, rootSeed, freshnessSeed } = found(alice)
const withBob = publish(first, adding(bob), [adminSeed])
const promoted = publish(
  withBob,
  [...adding(carol), { kind: 'put-person', person: { ...detailsOf(bob), title: 'Harbour master' } }],
  [adminSeed],
)
const NOW = MONDAY + 2 * HOUR

/** What somebody who has seen every version would send to a device that has `base`. */
const deltaBetween = (base: TrustedState, newest: TrustedState): Delta =>
  deltaOf(
    newest,
    { listHash: base.list.hash, rootVersion: base.root.version },
    touchedSince([historyStep(base, newest)]),
  )
const receive = (trusted: TrustedState, delta: Delta, now = NOW) =>
  applyDelta(provider, trusted, deltaDocument.encode(delta), now)

/** The parts of a state that say something; the maps of a directory are in no particular order. */
const beliefs = ({ list, leaves, policy, people, devices, groups, tombstones, tree }: TrustedState) => ({
  list,
  leaves,
  policy,
  people,
  devices,
  groups,
  tombstones,
  root: tree?.at(-1),
})

describe('Bob’s device has the list of last week', () => {
  test('and takes over what has changed since', () => {
    const delta = deltaBetween(withBob, promoted)
    expect(delta.changed).toHaveLength(2)
    const result = receive(withBob, delta)
    expect(result).toMatchObject({ kind: 'updated', changes: { addedDevices: [carol.device.id], removedDevices: [] } })
    expect(beliefs(result.trusted)).toEqual(beliefs(promoted))
  })

  test('and keeps the very objects of those who did not change', () => {
    const taken = updated(receive(withBob, deltaBetween(withBob, promoted)))
    expect(taken.people.get(alice.personId)).toBe(withBob.people.get(alice.personId))
  })

  test('and hears of a removal, a group and new rules', () => {
    const groupId = '0a'.repeat(16) as GroupId
    const group = { groupId, name: 'Crane', members: [bob.personId], departments: [] }
    const edits = [
      { kind: 'remove-person', personId: carol.personId, reason: 'left' },
      { kind: 'put-group', group },
    ] as const
    const policy = { ...defaultPolicy, retentionDays: 90 }
    const draft = signList(provider, prepareList(provider, promoted, { edits, policy }, NOW), adminSeed)
    const later = updated(publishList(provider, promoted, draft, NOW))
    const taken = updated(receive(promoted, deltaBetween(promoted, later)))
    expect(beliefs(taken)).toEqual(beliefs(later))
    expect(taken.tombstones.has(carol.device.id)).toBe(true)
    expect(taken.policy.value.retentionDays).toBe(90)
  })

  test('and a root, a list under it and freshness come in one', () => {
    const newAdmin = newSeed()
    const { contacts } = first.root.roles
    const key = { id: keyOf(newAdmin), holder: bob.personId, label: 'Administrator' }
    const rotated = rotate(
      withBob,
      {
        keys: [...first.root.keys, key],
        roles: { ...first.root.roles, contacts: { threshold: 1, keys: [...contacts.keys, key.id] } },
      },
      [rootSeed],
    )
    const under = publish(rotated, adding(carol), [newAdmin], NOW)
    const newest = updated(issueFreshness(provider, under, freshnessSeed, NOW, { joinsUntil: NOW + DAY }))
    const taken = updated(receive(withBob, deltaBetween(withBob, newest)))
    expect(taken.root.version).toBe(2)
    expect(taken.freshness?.value.joinsUntil).toBe(NOW + DAY)
    expect(beliefs(taken)).toEqual(beliefs(newest))
  })

  test('and only freshness is new: an empty delta', () => {
    const newest = updated(issueFreshness(provider, withBob, freshnessSeed, NOW, { joinsUntil: 0 }))
    const bytes = encodeDelta(
      newest,
      { listHash: withBob.list.hash, rootVersion: withBob.root.version },
      { keys: new Set(), isPolicyTouched: false },
    )
    expect(bytes.length).toBeLessThan(800)
    expect(applyDelta(provider, withBob, bytes, NOW).trusted.freshness?.value.issued).toBe(NOW)
    expect(applyDelta(provider, newest, bytes, NOW)).toMatchObject({ kind: 'unchanged' })
  })

  test('and somebody who came and went meanwhile leaves no trace but a tombstone', () => {
    const gone = publish(promoted, [{ kind: 'remove-person', personId: carol.personId, reason: 'left' }], [adminSeed])
    const steps = [historyStep(promoted, gone), historyStep(withBob, promoted)]
    const delta = deltaOf(gone, { listHash: withBob.list.hash, rootVersion: 1 }, touchedSince(steps))
    expect(delta.removed).toContain(personKey(carol.personId))
    expect(beliefs(updated(receive(withBob, delta)))).toEqual(beliefs(gone))
  })
})

describe('Mallory sends a delta', () => {
  const honest = deltaBetween(withBob, promoted)
  const refuses = (change: Partial<Delta>, reason: Parameters<typeof expectRefused>[1], base = withBob) => {
    const result = receive(base, { ...honest, ...change })
    expect(expectRefused(result, reason)).toBe(base)
    return result
  }

  test('for another list than Bob has, and he asks for the whole bundle', () => {
    expect(needsWholeBundle(refuses({}, 'delta-base', first))).toBe(true)
    expect(needsWholeBundle(refuses({ base: hashOf(provider, new Uint8Array()) }, 'delta-base'))).toBe(true)
  })

  test('with a change left out', () => {
    refuses({ changed: honest.changed.slice(1) }, honest.changed.length === 2 ? expectedFor(0) : 'merkle-mismatch')
  })
  /** Leaving out Carol changes the count, leaving out Bob's new title only the tree. */
  const expectedFor = (left: number) =>
    promoted.leaves.filter(({ bytes }) => honest.changed.some(changed => changed === bytes))[left]?.key ===
    personKey(carol.personId)
      ? 'count-mismatch'
      : 'merkle-mismatch'

  test('with a change that nobody signed', () => {
    const forged = leafOfPerson({
      ...detailsOf(bob),
      title: 'Director',
      devices: withBob.people.get(bob.personId)?.devices ?? [],
    })
    const changed = promoted.leaves
      .filter(({ bytes }) => honest.changed.includes(bytes))
      .map(({ key, bytes }) => (key === forged.key ? forged.bytes : bytes))
    expect(needsWholeBundle(refuses({ changed }, 'merkle-mismatch'))).toBe(true)
  })

  test('that changes and removes the same person', () => {
    refuses({ removed: [personKey(carol.personId)] }, 'delta-mismatch')
  })

  test('whose changes are out of order, or twice the same', () => {
    refuses({ changed: [...honest.changed].reverse() }, 'delta-mismatch')
    refuses({ changed: honest.changed.flatMap(bytes => [bytes, bytes]) }, 'delta-mismatch')
  })

  test('that removes somebody as well', () => {
    refuses({ removed: [personKey(alice.personId)] }, 'count-mismatch')
  })

  test('that removes what was never there, and it makes no difference', () => {
    const removed = [groupKey('00'.repeat(16) as GroupId)]
    expect(updated(receive(withBob, { ...honest, removed })).list.hash).toBe(promoted.list.hash)
  })

  test('with rules that nobody signed', () => {
    refuses({ policy: new Uint8Array([0xa0]) }, 'policy-mismatch')
  })

  test('with an older list: rollback, which no bundle would mend', () => {
    const result = refuses({ ...deltaBetween(first, withBob), base: promoted.list.hash }, 'rollback', promoted)
    expect(needsWholeBundle(result)).toBe(false)
  })

  test('that leaves a root out', () => {
    const rotated = rotate(withBob, { name: 'Harbour & Daughters' }, [rootSeed])
    const again = rotate(rotated, { name: 'Harbour' }, [rootSeed])
    const delta = deltaBetween(withBob, again)
    expectRefused(receive(withBob, { ...delta, firstRoot: 3, roots: delta.roots.slice(1) }), 'root-gap')
    expectRefused(receive(withBob, { ...delta, firstRoot: 1 }), 'wrong-organisation')
  })

  test('whose bytes are not canonical, or that is too large', () => {
    const bytes = deltaDocument.encode(honest)
    expectRefused(applyDelta(provider, withBob, new Uint8Array([...bytes, 0]), NOW), 'malformed')
    expectRefused(applyDelta(provider, withBob, new Uint8Array(17 * 1024 * 1024), NOW), 'too-large')
  })

  test('whose keys are of no kind of entry', () => {
    for (const key of ['04'.padEnd(34, '0'), '03'.padEnd(34, '0'), '01'.padEnd(66, '0'), ''])
      expectRefused(receive(withBob, { ...honest, removed: [key as LeafKey] }), 'malformed')
  })
})

describe('a careless administrator signs what no list may hold', () => {
  /** A delta that puts these entries in, under a header that is signed over the result. */
  const deltaWith = (base: TrustedState, put: readonly Leaf[]): Delta => {
    const { leaves } = patchLeaves(provider, base, { put, absent: [] })
    const bytes = leaves.map(leaf => leaf.bytes)
    const { list } = withHeader(
      base,
      {
        version: base.list.header.version + 1,
        previous: base.list.hash,
        merkleRoot: toHex(merkleRoot(provider, hashLeaves(provider, bytes))),
        count: bytes.length,
      },
      adminSeed,
    )
    return { ...deltaBetween(base, base), list, changed: put.map(leaf => leaf.bytes) }
  }
  const entryOf = (device: Device) => leafOfPerson({ ...detailsOf(carol), devices: [device] })

  test('two people with one device, or two devices with one key', () => {
    expectRefused(receive(withBob, deltaWith(withBob, [entryOf(bob.device)])), 'list-inconsistent')
    const twin = { ...carol.device, dh: bob.device.dh }
    expectRefused(receive(withBob, deltaWith(withBob, [entryOf(twin)])), 'list-inconsistent')
    updated(receive(withBob, deltaWith(withBob, [entryOf(carol.device)])))
  })

  test('a removed device', () => {
    const gone = publish(promoted, [{ kind: 'remove-person', personId: carol.personId, reason: 'lost' }], [adminSeed])
    expectRefused(receive(gone, deltaWith(gone, [entryOf(carol.device)])), 'list-inconsistent')
  })
})

test('a delta from any list to any later one makes the same list', () => {
  fc.assert(
    fc.property(fc.array(anyEdits, { minLength: 1, maxLength: 4 }), scripts => {
      const steps = []
      let newest = withBob
      for (const script of scripts) {
        const next = publish(newest, byHand(newest, script), [adminSeed])
        steps.push(historyStep(newest, next))
        newest = next
      }
      const base = { listHash: withBob.list.hash, rootVersion: withBob.root.version }
      const bytes = encodeDelta(newest, base, touchedSince(steps))
      const { trusted } = applyDelta(provider, withBob, bytes, NOW)
      expect(beliefs(trusted)).toEqual(beliefs(newest))
    }),
    { numRuns: 30 },
  )
})
