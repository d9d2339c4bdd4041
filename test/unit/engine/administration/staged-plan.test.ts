import { expect, test } from 'vitest'
import type { StagedEdit } from '../../../../src/engine/administration/staged-edit.ts'
import { fateOf, planOf } from '../../../../src/engine/administration/staged-plan.ts'
import type { StagedRow } from '../../../../src/engine/administration/staged-rows.ts'
import type { DeviceId, InvitationId, PersonId } from '../../../../src/shared/ids.ts'
import { actor, adding, found, publish } from '../../org/actors.ts'

const [alice, bob] = [actor('Alice'), actor('Bob')]
const texts = { title: '', department: '', email: '', phone: '', roles: [], photo: null }
const carol = 'c0'.repeat(16) as PersonId

const withBob = () => {
  const { trusted, adminSeed } = found(alice)
  return publish(trusted, adding(bob), [adminSeed])
}

const rowsOf = (...edits: StagedEdit[]): StagedRow[] =>
  edits.map((edit, at) => ({ id: at + 1, edit, stagedAt: 0, proposal: null }))

const addCarolsPc: StagedEdit = {
  kind: 'add-device',
  personId: carol,
  name: 'Carol',
  title: 'as invited',
  department: '',
  email: '',
  phone: '',
  deviceId: 'cc'.repeat(32) as DeviceId,
  dh: 'dd'.repeat(32),
  deviceName: 'PC',
  addedAt: 1,
  invitation: '17'.repeat(16) as InvitationId,
}
const newCarol: StagedEdit = {
  kind: 'put-person',
  isNew: true,
  person: { ...texts, personId: carol, name: 'Carol', title: 'as staged' },
}

test('whatever their order, people come before their devices, and go after everything else', () => {
  const trusted = withBob()
  const plan = planOf(
    trusted,
    rowsOf(
      { kind: 'remove-person', personId: bob.personId, reason: 'left' },
      { kind: 'remove-device', deviceId: bob.device.id, reason: 'stolen' },
      addCarolsPc,
      newCarol,
    ),
  )
  expect(plan.edits.map(({ kind }) => kind)).toEqual(['put-person', 'add-device', 'remove-device', 'remove-person'])
  expect(plan.edits[0]).toMatchObject({ person: { title: 'as staged' } })
})

test('a device brings its person along as the invitation has them, where nobody knows better', () => {
  const { trusted } = found(alice)
  expect(planOf(trusted, rowsOf(addCarolsPc)).edits).toMatchObject([
    { kind: 'put-person', person: { personId: carol, title: 'as invited' } },
    { kind: 'add-device', personId: carol },
  ])
})

test('what the list says already is idle, and what it was about can have gone', () => {
  const trusted = withBob()
  const bobAsListed: StagedEdit = {
    kind: 'put-person',
    isNew: false,
    person: { ...texts, personId: bob.personId, name: 'Bob' },
  }
  expect(fateOf(trusted, bobAsListed)).toBe('idle')
  expect(fateOf(trusted, { ...bobAsListed, person: { ...bobAsListed.person, phone: '1' } })).toBe('change')
  expect(fateOf(trusted, { ...bobAsListed, person: { ...bobAsListed.person, personId: carol } })).toBe('person-gone')
  expect(fateOf(trusted, newCarol)).toBe('change')
  expect(fateOf(trusted, { kind: 'remove-person', personId: carol, reason: 'left' })).toBe('idle')
})

test('an invitation lets one device in: another that was approved with it holds nothing else up', () => {
  const { trusted, adminSeed } = found(alice)
  const other: StagedEdit = { ...addCarolsPc, deviceId: 'ce'.repeat(32) as DeviceId, dh: 'de'.repeat(32) }
  expect(planOf(trusted, rowsOf(addCarolsPc, other)).rows.map(({ id }) => id)).toEqual([1])
  const joined = publish(trusted, planOf(trusted, rowsOf(other)).edits, [adminSeed])
  expect(fateOf(joined, addCarolsPc)).toBe('device-gone')
})
