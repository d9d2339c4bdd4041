import { useLiveQuery } from 'dexie-react-hooks'
import { useCache } from '../session-context.tsx'
import type { AdminPage } from '../ui-state.ts'
import { useInvitations, useJoinRequests } from './useAdministration.ts'
import { useConsole } from './useConsole.ts'
import { useOrganisation } from './useOrganisation.ts'

/** One device is enough of an answer: only its counts are wanted. */
export const COUNTS_ONLY = { show: 'all', after: null, limit: 1 } as const

/** What the console's menu says of its pages; a number that is not known yet is left out. */
export const useAdminCounts = (): Readonly<Partial<Record<AdminPage, number>>> => {
  const cache = useCache()
  const { list } = useOrganisation()
  const requests = useJoinRequests()
  const invitations = useInvitations()
  const groups = useLiveQuery(() => cache.groups.count(), [cache])
  const { data: devices } = useConsole('devices.page', COUNTS_ONLY)
  const { data: administrators } = useConsole('administrators.get', {})
  const people = new Set(administrators?.keys.map(({ id, personId }) => personId ?? id))
  return {
    list: list.people,
    ...(requests === undefined ? {} : { requests: requests.length }),
    ...(invitations === undefined ? {} : { invitations: invitations.filter(({ state }) => state === 'open').length }),
    ...(groups === undefined ? {} : { groups }),
    ...(devices === undefined ? {} : { devices: devices.counts.all }),
    ...(administrators === undefined ? {} : { administrators: people.size }),
  }
}
