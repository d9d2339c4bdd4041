import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from '../../../src/crypto/index.ts'
import {
  administratorsOf,
  administratorsWithoutPlace,
  compareVersions,
  consequencesOf,
  decodeTrusted,
  decodeVersions,
  encodeTrusted,
  encodeVersions,
  type GroupId,
  type ListEdit,
  listStatus,
  membersOf,
  prepareList,
  versionsOf,
} from '../../../src/org/index.ts'
import { type ErrorCode, isLanyardError } from '../../../src/shared/errors.ts'
import type { InvitationId } from '../../../src/shared/ids.ts'
import {
  type Actor,
  actor,
  adding,
  DAY,
  detailsOf,
  expectUnchanged,
  found,
  HOUR,
  MONDAY,
  provider,
  publish,
  receive,
  rotate,
} from './actors.ts'

const alice = actor('Alice')
const bob = actor('Bob')
const carol = actor('Carol')
const { trusted: first, adminSeed, rootSeed } = found(alice)
const three = publish(first, [...adding(bob), ...adding(carol)], [adminSeed])

test('a correction keeps the person’s devices', () => {
  const edited = publish(three, [{ kind: 'put-person', person: { ...detailsOf(bob), title: 'Director' } }], [adminSeed])
  expect(edited.people.get(bob.personId)).toMatchObject({ title: 'Director', devices: [{ id: bob.device.id }] })
  expect(receive(three, edited)).toMatchObject({ changes: { people: [bob.personId], removedDevices: [] } })
})

test('a lost device goes, its owner stays and takes a new one', () => {
  const spare = actor('Bob')
  const edited = publish(
    three,
    [
      { kind: 'remove-device', deviceId: bob.device.id, reason: 'lost' },
      { kind: 'add-device', personId: bob.personId, device: spare.device },
    ],
    [adminSeed],
  )
  expect(edited.people.get(bob.personId)?.devices.map(({ id }) => id)).toEqual([spare.device.id])
  expect(receive(three, edited)).toMatchObject({
    changes: { people: [bob.personId], addedDevices: [spare.device.id], removedDevices: [bob.device.id] },
  })
})

test('a group is those named and everybody of a department, and forgets who leaves', () => {
  const group = {
    groupId: '0f'.repeat(16) as GroupId,
    name: 'Works council',
    members: [bob.personId, carol.personId].sort(),
    departments: ['Sales'],
  }
  const sales = { kind: 'put-person', person: { ...detailsOf(alice), department: 'Sales' } } as const
  const edited = publish(three, [{ kind: 'put-group', group }, sales], [adminSeed])
  expect(new Set(membersOf(edited, group))).toEqual(new Set([alice.personId, bob.personId, carol.personId]))
  const without = publish(edited, [{ kind: 'remove-person', personId: bob.personId, reason: 'left' }], [adminSeed])
  expect(without.groups.get(group.groupId)?.members).toEqual([carol.personId])
  const gone = publish(without, [{ kind: 'remove-group', groupId: group.groupId }], [adminSeed])
  expect(gone.groups.size).toBe(0)
})

test('somebody or something that is not on the list', () => {
  const ghost = actor('Ghost')
  const prepare = (edit: Parameters<typeof prepareList>[2]['edits'][number]) => () =>
    prepareList(provider, three, { edits: [edit] }, MONDAY)
  expect(prepare({ kind: 'remove-person', personId: ghost.personId, reason: 'left' })).toThrow(
    expect.objectContaining({ code: 'person-unknown' }),
  )
  expect(prepare({ kind: 'add-device', personId: ghost.personId, device: ghost.device })).toThrow(
    expect.objectContaining({ code: 'person-unknown' }),
  )
  expect(prepare({ kind: 'remove-device', deviceId: ghost.device.id, reason: 'lost' })).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  )
  expect(prepare({ kind: 'add-device', personId: carol.personId, device: bob.device })).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  )
})

const preparing = (edits: readonly ListEdit[], from = three) => prepareList(provider, from, { edits }, MONDAY + HOUR)
const failed = (code: ErrorCode) => expect.objectContaining({ code })

test('a device that is there already, was removed, or goes in the same breath, is not added', () => {
  const add = (who: Actor): ListEdit => ({ kind: 'add-device', personId: bob.personId, device: who.device })
  const remove: ListEdit = { kind: 'remove-device', deviceId: bob.device.id, reason: 'lost' }
  expect(() => preparing([add(bob)])).toThrow(failed('bad-input'))
  expect(() => preparing([add(carol)])).toThrow(failed('bad-input'))
  expect(() => preparing([remove, add(bob)])).toThrow(failed('bad-input'))
  expect(() => preparing([add(bob)], publish(three, [remove], [adminSeed]))).toThrow(failed('bad-input'))
  expect(() => preparing([remove, remove])).toThrow(failed('bad-input'))
  const spare = actor('Bob')
  expect(() => preparing([add(spare), add(spare)])).toThrow(failed('bad-input'))
  // another device with a key of Bob's
  expect(() => preparing([add({ ...spare, device: { ...spare.device, dh: carol.device.dh } })])).toThrow(
    failed('bad-input'),
  )
})

test('an invitation lets one device in, in one list or the next, also after that device was removed', () => {
  const invitation = '17'.repeat(16) as InvitationId
  const add = (who: Actor): ListEdit => ({
    kind: 'add-device',
    personId: bob.personId,
    device: { ...who.device, invitation },
  })
  const [one, other] = [actor('Bob'), actor('Bob')]
  expect(() => preparing([add(one), add(other)])).toThrow(failed('invitation-used'))
  const used = publish(three, [add(one)], [adminSeed])
  expect(() => preparing([add(other)], used)).toThrow(failed('invitation-used'))
  const removed = publish(used, [{ kind: 'remove-device', deviceId: one.device.id, reason: 'lost' }], [adminSeed])
  expect(() => preparing([add(other)], removed)).toThrow(failed('invitation-used'))
})

test('groups: of people who are there, and gone only once', () => {
  const group = { groupId: '0f'.repeat(16) as GroupId, name: 'Sales', members: [bob.personId], departments: [] }
  const ghost = { ...group, members: [actor('Ghost').personId] }
  const put = (value: typeof group): ListEdit => ({ kind: 'put-group', group: value })
  const leaves: ListEdit = { kind: 'remove-person', personId: bob.personId, reason: 'left' }
  const remove: ListEdit = { kind: 'remove-group', groupId: group.groupId }
  expect(() => preparing([put(ghost)])).toThrow(failed('person-unknown'))
  expect(() => preparing([remove])).toThrow(failed('bad-input'))
  expect(() => preparing([put(group), remove, remove])).toThrow(failed('bad-input'))
  // in one list, in either order: the group forgets who leaves
  for (const edits of [
    [put(group), leaves],
    [leaves, put(group)],
  ])
    expect(publish(three, edits, [adminSeed]).groups.get(group.groupId)?.members).toEqual([])
})

test('somebody who leaves and comes back in one list has no device left', () => {
  const back = publish(
    three,
    [
      { kind: 'remove-person', personId: bob.personId, reason: 'left' },
      { kind: 'put-person', person: detailsOf(bob) },
    ],
    [adminSeed],
  )
  expect(back.people.get(bob.personId)?.devices).toEqual([])
  expect(back.tombstones.has(bob.device.id)).toBe(true)
})

test('what may be done, and is said before somebody signs: a last device, an administrator who goes', () => {
  const told = (...edits: readonly ListEdit[]) => consequencesOf(three, preparing(edits))
  expect(told()).toEqual({ withoutDevice: [], keysToRemove: [] })
  expect(told({ kind: 'put-person', person: detailsOf(actor('Dora')) })).toEqual({
    withoutDevice: [],
    keysToRemove: [],
  })
  expect(told({ kind: 'remove-device', deviceId: bob.device.id, reason: 'lost' })).toEqual({
    withoutDevice: [bob.personId],
    keysToRemove: [],
  })
  const { keysToRemove } = told({ kind: 'remove-person', personId: alice.personId, reason: 'left' })
  expect(keysToRemove.map(({ label }) => label).sort()).toEqual(['Administrator', 'Freshness', 'Recovery sheet'])
  expect(administratorsWithoutPlace(three)).toEqual([])
  const gone = publish(three, [{ kind: 'remove-person', personId: alice.personId, reason: 'left' }], [adminSeed])
  expect(administratorsWithoutPlace(gone)).toEqual(keysToRemove)
})

test('edits by the hundred give the same list as one after the other', () => {
  const people = Array.from({ length: 12 }, (_, i) => actor(`Person ${i}`))
  const edit = fc.tuple(fc.nat(4), fc.nat(people.length - 1)).map(([kind, i]): ListEdit => {
    const who = people[i] as Actor
    const groupId = '0a'.repeat(16) as GroupId
    switch (kind) {
      case 0:
        return { kind: 'put-person', person: { ...detailsOf(who), title: 'Director' } }
      case 1:
        return { kind: 'remove-person', personId: who.personId, reason: 'left' }
      case 2:
        return { kind: 'add-device', personId: who.personId, device: who.device }
      case 3:
        return { kind: 'remove-device', deviceId: who.device.id, reason: 'stolen' }
      default:
        return { kind: 'put-group', group: { groupId, name: 'All', members: [who.personId], departments: [] } }
    }
  })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 40 }), candidates => {
      let one = three
      // those that can be, one list each
      const edits = candidates.filter(candidate => {
        try {
          one = publish(one, [candidate], [adminSeed])
          return true
        } catch (error) {
          if (isLanyardError(error)) return false
          throw error
        }
      })
      const { leaves } = preparing(edits)
      expect(leaves.map(({ bytes }) => toHex(bytes))).toEqual(one.leaves.map(({ bytes }) => toHex(bytes)))
    }),
    { numRuns: 30 },
  )
})

test('a clock that was put right does not stop the administrator: the version counts, not the date', () => {
  const next = publish(three, [], [adminSeed], MONDAY - DAY)
  expect(next.list.header.issued).toBe(MONDAY - DAY)
  expect(receive(three, next, MONDAY)).toMatchObject({ kind: 'updated' })
})

test('who administers, and who signed', () => {
  expect(administratorsOf(three)).toEqual([alice.personId])
  expect(listStatus(three, MONDAY + HOUR)).toMatchObject({ signedBy: [alice.personId], version: 2, people: 3 })
})

test('versions: small, and they tell who has news', () => {
  const [old, own] = [versionsOf(first), versionsOf(three)]
  expect(encodeVersions(own).length).toBeLessThan(100)
  expect(decodeVersions(encodeVersions(own))).toEqual(own)
  expect(compareVersions(own, own)).toBe('same')
  expect(compareVersions(old, own)).toBe('behind')
  expect(compareVersions(own, old)).toBe('ahead')
  // each is behind in something: both ask
  const rotated = versionsOf(rotate(first, {}, [rootSeed]))
  expect(compareVersions(own, rotated)).toBe('behind')
  expect(compareVersions(rotated, own)).toBe('behind')
})

test('what is trusted survives a restart, even when the list has run out', () => {
  const read = decodeTrusted(provider, encodeTrusted(three))
  // the tree over the leaves is computed when it is first needed
  expect(read).toEqual({ ...three, tree: null })
  expectUnchanged(receive(read, three), read)
  expect(listStatus(read, MONDAY + 400 * DAY).freshness).toBe('expired')
})
