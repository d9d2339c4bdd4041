import type { AdministratorKey, RoleName } from '../../shared/contract/administration-entities.ts'
import { t } from '../locales/i18n.ts'
import { nameList, sortedNames } from './people.ts'

export interface Rule {
  readonly threshold: number
  /** Whose keys they are, one name for each key. */
  readonly names: readonly string[]
}

/** How many keys of a role are enough, and whose: 'Any 2 of Alice, Bob and Carol.' */
export const thresholdWords = ({ threshold, names }: Rule): string => {
  const count = names.length
  const [only] = names
  if (count === 1 && only !== undefined) return t('threshold.alone', { name: only })
  if (threshold === count) return t('threshold.all', { names: nameList(names), count })
  if (threshold === 1) return t('threshold.any', { names: nameList(names) })
  return t('threshold.some', { threshold, names: nameList(names) })
}

/** What is weak about a rule, and what would be better; null when nothing is. */
export const thresholdAdvice = (role: RoleName, { threshold, names }: Rule): string | null => {
  const count = names.length
  if (role === 'freshness') return null
  if (count === 1)
    return role === 'orders' ? null : t(role === 'root' ? 'threshold.adviceSheet' : 'threshold.adviceAlone')
  if (count >= 3 && threshold === 1) return t('threshold.adviceSuggested', { threshold: suggested(count), count })
  if (threshold === count) return t(role === 'root' ? 'threshold.adviceAllSheets' : 'threshold.adviceAll')
  return null
}

/** Enough that one stolen key signs nothing, few enough that one lost key stops nothing: 1 of 2, 2 of 3, 2 of 4, 3 of 5. */
export const suggested = (keys: number): number => {
  if (keys <= 2) return 1
  return keys <= 4 ? 2 : 3
}

/** The names of a role's keys. Somebody with two keys of it is named twice, because both count. */
export const namesOfRole = (keys: readonly AdministratorKey[], role: RoleName): readonly string[] =>
  sortedNames(keys.filter(({ roles }) => roles.includes(role)).map(({ name }) => name))
