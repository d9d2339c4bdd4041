import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import { LanyardError } from '../shared/errors.ts'
import type { CacheDatabase } from './db/schema.ts'
import type { Session, SessionState } from './session.ts'

const SessionContext = createContext<Session | null>(null)

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
)

export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (session === null) throw new LanyardError('internal', 'There is no session around this component')
  return session
}

/** A part of the session's state; the component renders again only when that part changes. */
export const useSessionState = <T,>(select: (state: SessionState) => T): T => useStore(useSession().store, select)

/** The open cache. Only for components below the unlocked frame. */
export const useCache = (): CacheDatabase => {
  const cache = useSessionState(state => state.cache)
  if (cache === null) throw new LanyardError('profile-locked', 'The cache is not open')
  return cache
}
