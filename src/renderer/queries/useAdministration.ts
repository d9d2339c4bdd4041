import { useLiveQuery } from 'dexie-react-hooks'
import type { Invitation, JoinRequest } from '../../shared/contract/entities.ts'
import { useCache } from '../session-context.tsx'

/** Oldest first: who asked first is answered first. Undefined until read. */
export const useJoinRequests = (): readonly JoinRequest[] | undefined => {
  const cache = useCache()
  return useLiveQuery(
    () => cache.requests.toArray().then(rows => rows.sort((a, b) => a.requestedAt - b.requestedAt)),
    [cache],
  )
}

/** Newest first. Undefined until read. */
export const useInvitations = (): readonly Invitation[] | undefined => {
  const cache = useCache()
  return useLiveQuery(
    () => cache.invitations.toArray().then(rows => rows.sort((a, b) => b.createdAt - a.createdAt)),
    [cache],
  )
}
