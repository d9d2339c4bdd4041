import { expect, test } from 'vitest'
import {
  administratorsOf,
  compareVersions,
  decodeTrusted,
  decodeVersions,
  encodeTrusted,
  encodeVersions,
  type GroupId,
  listStatus,
  membersOf,
  prepareList,
  versionsOf,
} from '../../../src/org/index.ts'
import {
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
