import { type CryptoProvider, toHex } from '../../crypto/index.ts'
import type { TrustedState } from '../../org/index.ts'
import type { Edit } from '../../shared/contract/edits.ts'
import { LanyardError } from '../../shared/errors.ts'
import type { DeviceId, GroupId, PersonId, PhotoHash } from '../../shared/ids.ts'
import { isPlainLine } from '../../shared/text-rules.ts'
import { isPicture } from '../organisation/list/picture.ts'
import type { Transaction } from '../storage/store.ts'
import { type StagedEdit, type StagedPerson, targetOf } from './staged-edit.ts'
import { forgetGonePeople } from './staged-groups.ts'
import { fateOf } from './staged-plan.ts'
import { deleteStagedTarget, findStagedRow, saveStagedEdit } from './staged-rows.ts'

export interface StagingInit {
  provider: CryptoProvider
  trusted: TrustedState
  /** Nobody removes themselves: another administrator does. */
  self: { readonly personId: PersonId; readonly deviceId: DeviceId }
  /** Keeps a picture and gives its name. */
  keepPhoto(tx: Transaction, bytes: Uint8Array): PhotoHash
  now: number
}

const badInput = (message: string) => new LanyardError('bad-input', message)

/** Text as the list will have it. Throws `bad-input`. */
const line = (value: string, field: string): string => {
  const normal = value.toWellFormed().normalize('NFC')
  if (!isPlainLine(normal)) throw badInput(`'${field}' must be plain text on one line`)
  return normal
}

const distinct = <T extends string>(values: readonly T[], field: string): T[] => {
  if (new Set(values).size !== values.length) throw badInput(`'${field}' names something twice`)
  return [...values]
}

/**
 * Keeps edits of the contract for the next list: gives ids to what is new, and folds an edit of something that is edited
 * already into one. Returns the ids of new people, in the order of their edits. Throws `person-unknown`, `bad-input`,
 * `change-impossible`; the transaction is the caller's.
 */
export const createStaging = ({ provider, trusted, self, keepPhoto, now }: StagingInit) => {
  const newId = () => toHex(provider.randomBytes(16))

  const photoOf = (tx: Transaction, photo: Uint8Array): PhotoHash => {
    if (!isPicture(photo)) throw badInput('A picture must be JPEG, PNG or WebP, of at most 1,024 by 1,024 pixels')
    return keepPhoto(tx, photo)
  }

  /** As the person stands after what is staged already; undefined for nobody, or somebody who is about to go. */
  const currentPerson = (tx: Transaction, id: PersonId): { person: StagedPerson; isNew: boolean } | undefined => {
    const edit = findStagedRow(tx, `person ${id}`)?.edit
    if (edit?.kind === 'put-person') return edit
    if (edit?.kind === 'remove-person') return undefined
    const listed = trusted.people.get(id)
    if (listed === undefined) return undefined
    const { personId, name, title, department, email, phone, roles, photoHash } = listed
    const photo = photoHash === null ? null : (toHex(photoHash) as PhotoHash)
    return { person: { personId, name, title, department, email, phone, roles: [...roles], photo }, isNew: false }
  }

  const expectPerson = (tx: Transaction, id: PersonId) => {
    const current = currentPerson(tx, id)
    if (current === undefined) throw new LanyardError('person-unknown', 'Nobody on the contact list has this id')
    return current
  }

  const putPerson = (
    tx: Transaction,
    { photo, ...fields }: Omit<Extract<Edit, { kind: 'add-person' }>, 'kind'>,
    { person, isNew }: { person: { personId: PersonId; photo: PhotoHash | null }; isNew: boolean },
  ): StagedEdit => ({
    kind: 'put-person',
    isNew,
    person: {
      personId: person.personId,
      name: line(fields.name, 'name'),
      title: line(fields.title, 'title'),
      department: line(fields.department, 'department'),
      email: line(fields.email, 'email'),
      phone: line(fields.phone, 'phone'),
      roles: distinct(
        fields.roles.map(role => line(role, 'roles')),
        'roles',
      ),
      photo: photo === undefined ? person.photo : photo === null ? null : photoOf(tx, photo),
    },
  })

  /** One that ends where it began is none. */
  const save = (tx: Transaction, edit: StagedEdit) => {
    if (fateOf(trusted, edit) === 'idle') deleteStagedTarget(tx, targetOf(edit))
    else saveStagedEdit(tx, edit, now)
  }

  const stageOne = (tx: Transaction, edit: Edit): PersonId | null => {
    switch (edit.kind) {
      case 'add-person': {
        const { kind, ...fields } = edit
        const personId = newId() as PersonId
        save(tx, putPerson(tx, fields, { person: { personId, photo: null }, isNew: true }))
        return personId
      }
      case 'change-person': {
        const { kind, personId, ...fields } = edit
        save(tx, putPerson(tx, fields, expectPerson(tx, personId)))
        return null
      }
      case 'remove-person':
        if (edit.personId === self.personId)
          throw new LanyardError('change-impossible', 'Nobody removes themselves: another administrator does')
        if (expectPerson(tx, edit.personId).isNew && !trusted.people.has(edit.personId)) {
          deleteStagedTarget(tx, `person ${edit.personId}`)
          forgetGonePeople(tx, trusted)
        } else save(tx, edit)
        return null
      case 'remove-device':
        if (edit.deviceId === self.deviceId)
          throw new LanyardError('change-impossible', 'No device removes itself: another administrator does')
        if (!trusted.devices.has(edit.deviceId)) throw badInput('No device on the contact list has this id')
        save(tx, edit)
        return null
      case 'put-group': {
        // somebody who is about to go leaves the group with the list that removes them
        for (const member of edit.members) if (!trusted.people.has(member)) expectPerson(tx, member)
        const known = edit.groupId === null ? undefined : findStagedRow(tx, `group ${edit.groupId}`)?.edit
        const isStagedNew = known?.kind === 'put-group' && known.isNew
        if (edit.groupId !== null && trusted.groups.get(edit.groupId) === undefined && !isStagedNew)
          throw badInput('No group on the contact list has this id')
        const group = {
          groupId: edit.groupId ?? (newId() as GroupId),
          name: line(edit.name, 'name'),
          members: distinct(edit.members, 'members'),
          departments: distinct(
            edit.departments.map(department => line(department, 'departments')),
            'departments',
          ),
        }
        if (group.departments.includes('')) throw badInput("'departments' must not be empty")
        save(tx, { kind: 'put-group', isNew: edit.groupId === null || isStagedNew, group })
        return null
      }
      case 'remove-group':
        if (trusted.groups.get(edit.groupId) !== undefined) save(tx, edit)
        else if (findStagedRow(tx, `group ${edit.groupId}`) !== undefined)
          deleteStagedTarget(tx, `group ${edit.groupId}`)
        else throw badInput('No group on the contact list has this id')
        return null
      case 'change-policy':
        for (const address of edit.policy.seedAddresses) line(address, 'seedAddresses')
        save(tx, edit)
        return null
    }
  }

  return {
    stage: (tx: Transaction, edits: readonly Edit[]): PersonId[] =>
      edits.map(edit => stageOne(tx, edit)).filter(id => id !== null),
  }
}
