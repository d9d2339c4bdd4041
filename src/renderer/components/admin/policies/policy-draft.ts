import type { Policy } from '../../../../shared/contract/edits.ts'
import { MAX_SEED_ADDRESSES } from '../../../../shared/limits.ts'
import { t } from '../../../locales/i18n.ts'
import { readSeedAddress, showSeedAddress } from '../../../text/seed-address.ts'

/** What a lease starts with when somebody switches it on: two weeks of holidays fit in. */
const FIRST_LEASE = '21'
const MAX_DAYS = 36_500
/** Below this the administrators' own absence would lock everybody out. */
const SHORT_LEASE = 7

/** The form: days and addresses as they are typed. */
export interface PolicyDraft {
  readonly approvesInvitations: boolean
  readonly hasLease: boolean
  readonly leaseDays: string
  readonly seeds: string
}

export const draftOfPolicy = ({ approvesInvitations, offlineLeaseDays, seedAddresses }: Policy): PolicyDraft => ({
  approvesInvitations,
  hasLease: offlineLeaseDays !== null,
  leaseDays: offlineLeaseDays === null ? FIRST_LEASE : String(offlineLeaseDays),
  seeds: seedAddresses.map(showSeedAddress).join('\n'),
})

const linesOf = (seeds: string): string[] =>
  seeds
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

const daysOf = (leaseDays: string): number | null => {
  const days = Number(leaseDays)
  return /^\d{1,5}$/.test(leaseDays.trim()) && days >= 1 && days <= MAX_DAYS ? days : null
}

export interface PolicyFaults {
  readonly days: string | null
  readonly seeds: string | null
  /** Allowed, and dangerous. */
  readonly warning: string | null
}

export const faultsOf = ({ hasLease, leaseDays, seeds }: PolicyDraft): PolicyFaults => {
  const days = daysOf(leaseDays)
  const lines = linesOf(seeds)
  const wrong = lines.filter(line => readSeedAddress(line) === null)
  const isTooMany = lines.length > MAX_SEED_ADDRESSES
  return {
    days: hasLease && days === null ? t('policies.daysFault') : null,
    seeds:
      wrong.length > 0
        ? t('policies.seedFault', { lines: wrong.join(', ') })
        : isTooMany
          ? t('policies.tooManySeeds', { count: MAX_SEED_ADDRESSES })
          : null,
    warning: hasLease && days !== null && days < SHORT_LEASE ? t('policies.daysShort', { days }) : null,
  }
}

/** Null while something in the form is wrong. */
export const policyOf = (draft: PolicyDraft): Policy | null => {
  const { days, seeds } = faultsOf(draft)
  if (days !== null || seeds !== null) return null
  return {
    approvesInvitations: draft.approvesInvitations,
    offlineLeaseDays: draft.hasLease ? daysOf(draft.leaseDays) : null,
    seedAddresses: [...new Set(linesOf(draft.seeds).map(line => readSeedAddress(line) ?? line))],
  }
}

export const isSamePolicy = (a: Policy, b: Policy): boolean =>
  a.approvesInvitations === b.approvesInvitations &&
  a.offlineLeaseDays === b.offlineLeaseDays &&
  a.seedAddresses.join('\n') === b.seedAddresses.join('\n')
