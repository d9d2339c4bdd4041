import { toHex } from '../../crypto/index.ts'
import type { TrustedState } from '../../org/index.ts'
import type { RecordedChange } from '../../shared/contract/administration-entities.ts'
import type { Policy } from '../../shared/contract/edits.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { NameOf } from './names.ts'
import { cut, type ToldField } from './recorded-changes.ts'
import type { StagedEdit, StagedPerson } from './staged-edit.ts'
import { toldPolicyOf } from './staged-plan.ts'

/** Fields that are not the same, in the order of `after`. */
const differing = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): ToldField[] =>
  Object.entries(after)
    .map(([field, value]) => ({ field, before: cut(before[field] ?? ''), after: cut(value) }))
    .filter(field => field.before !== field.after)

type PersonTexts = Omit<StagedPerson, 'personId' | 'photo' | 'roles'> & {
  readonly roles: readonly string[]
  /** Its hash; null for none. */
  readonly photo: string | null
}

const personTexts = ({ name, title, department, email, phone, roles, photo }: PersonTexts) => ({
  name,
  title,
  department,
  email,
  phone,
  roles: [...roles].sort().join(', '),
  photo: photo ?? '',
})

const policyTexts = ({ approvesInvitations, offlineLeaseDays, seedAddresses }: Policy) => ({
  approvesInvitations: String(approvesInvitations),
  offlineLeaseDays: offlineLeaseDays === null ? '' : String(offlineLeaseDays),
  seedAddresses: seedAddresses.join('\n'),
})

/** What a staged edit would change, against the list in force. `nameOf` knows staged people too. */
export const describeEdit = (trusted: TrustedState, edit: StagedEdit, nameOf: NameOf): RecordedChange => {
  switch (edit.kind) {
    case 'put-person': {
      const { person } = edit
      const { personId, name } = person
      const listed = trusted.people.get(personId)
      if (listed === undefined && edit.isNew) return { kind: 'person-added', personId, name }
      if (listed === undefined) return { kind: 'person-changed', personId, name, fields: [] }
      const photo = listed.photoHash === null ? null : toHex(listed.photoHash)
      const before = personTexts({ ...listed, photo })
      return { kind: 'person-changed', personId, name, fields: differing(before, personTexts(person)) }
    }
    case 'remove-person':
      return { kind: 'person-removed', personId: edit.personId, name: nameOf(edit.personId) }
    case 'add-device': {
      const { deviceId, personId, deviceName } = edit
      return { kind: 'device-added', deviceId, personId, name: edit.name, deviceName }
    }
    case 'remove-device': {
      const { deviceId, reason } = edit
      const owner = trusted.devices.get(deviceId)
      const buried = trusted.tombstones.get(deviceId)
      const personId = owner?.person.personId ?? buried?.personId ?? ('0'.repeat(32) as PersonId)
      const deviceName = owner?.device.name ?? '?'
      return { kind: 'device-removed', deviceId, personId, name: nameOf(personId), deviceName, reason }
    }
    case 'put-group': {
      const { groupId, name, members, departments } = edit.group
      const listed = trusted.groups.get(groupId)
      if (listed === undefined && edit.isNew) return { kind: 'group-added', groupId, name }
      const texts = (group: { name: string; members: readonly PersonId[]; departments: readonly string[] }) => ({
        name: group.name,
        members: group.members.map(nameOf).sort().join(', '),
        departments: [...group.departments].sort().join(', '),
      })
      const fields = listed === undefined ? [] : differing(texts(listed), texts({ name, members, departments }))
      return { kind: 'group-changed', groupId, name, fields }
    }
    case 'remove-group':
      return { kind: 'group-removed', groupId: edit.groupId, name: trusted.groups.get(edit.groupId)?.name ?? '?' }
    case 'change-policy':
      return {
        kind: 'policy-changed',
        fields: differing(policyTexts(toldPolicyOf(trusted.policy.value)), policyTexts(edit.policy)),
      }
  }
}
