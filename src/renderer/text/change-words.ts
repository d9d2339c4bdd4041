import type { RecordedChange, RoleName } from '../../shared/contract/administration-entities.ts'
import { type MessageKey, t } from '../locales/i18n.ts'
import { nameList } from './people.ts'
import { showSeedAddress } from './seed-address.ts'

/** What a change says in one line, and in a line more for each field. */
export interface ChangeWords {
  readonly line: string
  /** `was` is empty where there was nothing before. */
  readonly details: readonly { readonly text: string; readonly was: string }[]
  /** What to make sure of before signing it. */
  readonly warning?: string
}

type Field = { readonly field: string; readonly before: string; readonly after: string }

const FIELD_NAMES: Readonly<Record<string, MessageKey>> = {
  name: 'field.name',
  title: 'field.title',
  department: 'field.department',
  email: 'field.email',
  phone: 'field.phone',
  roles: 'field.roles',
  members: 'field.members',
  departments: 'field.departments',
  approvesInvitations: 'field.approvesInvitations',
  offlineLeaseDays: 'field.offlineLeaseDays',
  seedAddresses: 'field.seedAddresses',
}

/** Values that are no words of people. */
const VALUES: Readonly<Record<string, MessageKey>> = { true: 'change.yes', false: 'change.no' }

const valueWords = (field: string, value: string): string => {
  const key = VALUES[value]
  if (key !== undefined && field === 'approvesInvitations') return t(key)
  if (field === 'seedAddresses' && value !== '') return value.split('\n').map(showSeedAddress).join(', ')
  if (value !== '') return value
  return t(field === 'offlineLeaseDays' ? 'change.never' : 'change.empty')
}

const fieldWords = ({ field, before, after }: Field): ChangeWords['details'][number] => {
  if (field === 'photo') {
    // A picture is told by its digest, which says nothing to anybody.
    if (before === '') return { text: t('change.pictureAdded'), was: '' }
    return { text: t(after === '' ? 'change.pictureRemoved' : 'change.pictureChanged'), was: '' }
  }
  const name = FIELD_NAMES[field]
  return {
    text: t('change.field', { field: name === undefined ? field : t(name), after: valueWords(field, after) }),
    was: before === '' && field !== 'offlineLeaseDays' ? '' : t('change.was', { before: valueWords(field, before) }),
  }
}

const plain = (line: string): ChangeWords => ({ line, details: [] })
const withFields = (line: string, fields: readonly Field[]): ChangeWords => ({ line, details: fields.map(fieldWords) })
const rolesOf = (roles: readonly RoleName[]): string => nameList(roles.map(role => t(`signs.${role}`)))

/** The same words before and after it was signed: a change is told by what it does, not by when. */
export const changeWords = (change: RecordedChange): ChangeWords => {
  switch (change.kind) {
    case 'person-added':
      return plain(t('change.personAdded', { name: change.name }))
    case 'person-changed':
      return withFields(t('change.personChanged', { name: change.name }), change.fields)
    case 'person-removed':
      return plain(t('change.personRemoved', { name: change.name }))
    case 'device-added':
      return plain(t('change.deviceAdded', { name: change.name, device: change.deviceName }))
    case 'device-removed': {
      const { name, deviceName, reason } = change
      return plain(t('change.deviceRemoved', { name, device: deviceName, reason }))
    }
    case 'group-added':
      return plain(t('change.groupAdded', { name: change.name }))
    case 'group-changed':
      return withFields(t('change.groupChanged', { name: change.name }), change.fields)
    case 'group-removed':
      return plain(t('change.groupRemoved', { name: change.name }))
    case 'policy-changed':
      return withFields(t('change.policyChanged'), change.fields)
    case 'key-added': {
      const { name, roles, isOffered } = change
      const words = plain(t('change.keyAdded', { name, roles: rolesOf(roles) }))
      if (isOffered === undefined) return words
      return isOffered
        ? { ...words, details: [{ text: t('change.keyOffered', { name }), was: '' }] }
        : { ...words, warning: t('change.keyNotOffered', { name }) }
    }
    case 'key-removed':
      return plain(t('change.keyRemoved', { name: change.name, roles: rolesOf(change.roles) }))
    case 'threshold-changed': {
      const { role, before, after, of } = change
      return plain(t('change.threshold', { role: t(`signsTitle.${role}`), before, after, of }))
    }
    case 'organisation-renamed':
      return withFields(t('change.renamed'), [{ field: 'name', before: change.before, after: change.after }])
  }
}
