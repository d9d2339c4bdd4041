import type { AdministratorKey } from '../../shared/contract/administration-entities.ts'
import { t } from '../locales/i18n.ts'
import { nameList } from './people.ts'

/** The labels that Lanyard writes into the list of administrators; they are signed, so they stay as they are there. */
const KNOWN = ['Recovery sheet', 'Administrator', 'Freshness'] as const

/** What a key is, in the words of the interface; a label of somebody else's making stays as it is. */
export const keyKind = ({ label }: Pick<AdministratorKey, 'label'>): string => {
  const known = KNOWN.find(word => word === label)
  return known === undefined ? label : t(`keyKind.${known}`)
}

/** 'Signing key: contact list and orders'. */
export const keyLine = (key: Pick<AdministratorKey, 'label' | 'roles'>): string =>
  t('admins.keyLine', { label: keyKind(key), roles: nameList(key.roles.map(role => t(`keySigns.${role}`))) })
