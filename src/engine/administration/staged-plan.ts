import { equalBytes, fromHex, toHex } from '../../crypto/index.ts'
import { type Device, isInvitationUsed, type ListEdit, type Policy, type TrustedState } from '../../org/index.ts'
import type { Policy as ToldPolicy } from '../../shared/contract/edits.ts'
import { missingCase } from '../../shared/errors.ts'
import { type StagedEdit, type StagedPerson, targetOf } from './staged-edit.ts'
import type { StagedRow } from './staged-rows.ts'

/** Why an edit can not be part of the next list any more: what it was about has gone. */
export type StagedProblem = 'person-gone' | 'device-gone' | 'group-gone'

/** What becomes of an edit on the list as it is now. */
export type Fate = 'change' | 'idle' | StagedProblem

type Listed = Pick<TrustedState, 'people' | 'devices' | 'groups' | 'tombstones' | 'policy'>

/** The parts of the policy that administrators change. */
export const toldPolicyOf = ({ approvesInvitations, offlineLeaseDays, seedAddresses }: Policy): ToldPolicy => ({
  approvesInvitations,
  offlineLeaseDays,
  seedAddresses: [...seedAddresses],
})

const sameSet = (a: readonly string[], b: readonly string[]) => {
  const known = new Set(a)
  return a.length === b.length && b.every(each => known.has(each))
}

const isAsListed = ({ people }: Listed, person: StagedPerson): boolean => {
  const listed = people.get(person.personId)
  if (listed === undefined) return false
  const photo = listed.photoHash === null ? null : toHex(listed.photoHash)
  const texts = ['name', 'title', 'department', 'email', 'phone'] as const
  return (
    texts.every(field => listed[field] === person[field]) &&
    photo === person.photo &&
    sameSet(listed.roles, person.roles)
  )
}

/** `idle`: the list says so already, whoever has signed it. */
export const fateOf = (trusted: Listed, edit: StagedEdit): Fate => {
  switch (edit.kind) {
    case 'put-person':
      if (isAsListed(trusted, edit.person)) return 'idle'
      return edit.isNew || trusted.people.has(edit.person.personId) ? 'change' : 'person-gone'
    case 'remove-person':
      return trusted.people.has(edit.personId) ? 'change' : 'idle'
    case 'add-device':
      if (trusted.devices.has(edit.deviceId)) return 'idle'
      // let in elsewhere with the same invitation meanwhile: no list takes this one any more
      return trusted.tombstones.has(edit.deviceId) || isInvitationUsed(trusted, edit.invitation)
        ? 'device-gone'
        : 'change'
    case 'remove-device':
      return trusted.devices.has(edit.deviceId) ? 'change' : 'idle'
    case 'put-group': {
      const listed = trusted.groups.get(edit.group.groupId)
      if (listed === undefined) return edit.isNew ? 'change' : 'group-gone'
      const { name, members, departments } = edit.group
      const isSame =
        listed.name === name && sameSet(listed.members, members) && sameSet(listed.departments, departments)
      return isSame ? 'idle' : 'change'
    }
    case 'remove-group':
      return trusted.groups.get(edit.groupId) === undefined ? 'idle' : 'change'
    case 'change-policy': {
      const { approvesInvitations, offlineLeaseDays, seedAddresses } = trusted.policy.value
      const wanted = edit.policy
      const isSame =
        approvesInvitations === wanted.approvesInvitations &&
        offlineLeaseDays === wanted.offlineLeaseDays &&
        seedAddresses.join('\n') === wanted.seedAddresses.join('\n')
      return isSame ? 'idle' : 'change'
    }
  }
}

/** People before their devices, and nobody is removed before what is said of them. */
const order: readonly StagedEdit['kind'][] = [
  'put-person',
  'add-device',
  'remove-device',
  'put-group',
  'remove-group',
  'remove-person',
  'change-policy',
]

const personEdit = (
  listed: Listed,
  { personId, name, title, department, email, phone, roles, photo }: StagedPerson,
): ListEdit => {
  const known = listed.people.get(personId)?.photoHash ?? null
  const photoHash = photo === null ? null : fromHex(photo)
  const isSamePhoto = photoHash !== null && known !== null && equalBytes(known, photoHash)
  return {
    kind: 'put-person',
    person: {
      personId,
      name,
      title,
      department,
      email,
      phone,
      roles,
      photoHash: isSamePhoto ? known : photoHash,
    },
  }
}

export type AddedDevice = Extract<StagedEdit, { kind: 'add-device' }>

/** The device, and its person as the invitation has it where neither the list nor another edit knows better. */
const deviceEdits = (isKnown: boolean, edit: AddedDevice): readonly ListEdit[] => {
  const { personId, name, title, department, email, phone, deviceId, dh, deviceName, addedAt, invitation } = edit
  const device: Device = {
    id: deviceId,
    sig: fromHex(deviceId),
    dh: fromHex(dh),
    name: deviceName,
    addedAt,
    invitation,
  }
  const add: ListEdit = { kind: 'add-device', personId, device }
  if (isKnown) return [add]
  return [
    { kind: 'put-person', person: { personId, name, title, department, email, phone, photoHash: null, roles: [] } },
    add,
  ]
}

export interface StagedPlan {
  readonly edits: readonly ListEdit[]
  /** Undefined where it stays as it is. */
  readonly policy: Policy | undefined
  /** That the edits are of. */
  readonly rows: readonly StagedRow[]
}

/** `targets`: what else is edited at the same time. */
const listEditsOf = (listed: Listed, targets: ReadonlySet<string>, edit: StagedEdit): readonly ListEdit[] => {
  switch (edit.kind) {
    case 'put-person':
      return [personEdit(listed, edit.person)]
    case 'add-device':
      return deviceEdits(listed.people.has(edit.personId) || targets.has(`person ${edit.personId}`), edit)
    case 'remove-person':
    case 'remove-device':
    case 'remove-group':
      return [edit as ListEdit]
    case 'put-group':
      return [{ kind: 'put-group', group: edit.group }]
    case 'change-policy':
      return []
    default:
      return missingCase(edit)
  }
}

/** What the next list would be told to change; edits without effect, or without what they were about, are left out. */
export const planOf = (trusted: Listed, staged: readonly StagedRow[]): StagedPlan => {
  const invited = new Set<string>()
  /** Of several devices with one invitation the first: the others would keep everything else from being signed. */
  const isFirstInvited = (edit: StagedEdit) => {
    if (edit.kind !== 'add-device') return true
    const isFirst = !invited.has(edit.invitation)
    invited.add(edit.invitation)
    return isFirst
  }
  const rows = staged
    .filter(({ edit }) => fateOf(trusted, edit) === 'change')
    .sort((a, b) => order.indexOf(a.edit.kind) - order.indexOf(b.edit.kind) || a.id - b.id)
    .filter(({ edit }) => isFirstInvited(edit))
  const targets = new Set(rows.map(({ edit }) => targetOf(edit)))
  const wanted = rows.map(({ edit }) => edit).find(edit => edit.kind === 'change-policy')
  return {
    edits: rows.flatMap(({ edit }) => listEditsOf(trusted, targets, edit)),
    policy: wanted === undefined ? undefined : { ...trusted.policy.value, ...wanted.policy },
    rows,
  }
}
