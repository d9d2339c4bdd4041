import { useLiveQuery } from 'dexie-react-hooks'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Conversation, Person } from '../../shared/contract/entities.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Draft } from '../db/schema.ts'
import { useCache } from '../session-context.tsx'
import { byName } from '../text/people.ts'

/** Rows of the list of conversations. Older ones are found through People. */
const MAX_CONVERSATIONS = 500

export interface Directory {
  readonly personById: ReadonlyMap<string, Person>
  /** By name. Former colleagues are in `personById` only. */
  readonly people: readonly Person[]
  /** The most recent first. */
  readonly conversations: readonly Conversation[]
  readonly draftOf: ReadonlyMap<ConversationId, string>
  /** False until the cache has answered for the first time. */
  readonly isRead: boolean
}

const empty: Directory = {
  personById: new Map(),
  people: [],
  conversations: [],
  draftOf: new Map(),
  isRead: false,
}

const DirectoryContext = createContext<Directory>(empty)

/** People, conversations and drafts, read once for the whole frame: many parts need names and counts. */
export const DirectoryProvider = ({ children }: { children: ReactNode }) => {
  const cache = useCache()
  const everybody = useLiveQuery(() => cache.people.toArray(), [cache])
  const conversations = useLiveQuery(
    () => cache.conversations.orderBy('activeAt').reverse().limit(MAX_CONVERSATIONS).toArray(),
    [cache],
  )
  const drafts = useLiveQuery((): Promise<Draft[]> => cache.drafts.toArray(), [cache])
  const directory = useMemo<Directory>(() => {
    if (everybody === undefined || conversations === undefined || drafts === undefined) return empty
    return {
      personById: new Map(everybody.map(person => [person.id, person])),
      people: everybody.filter(({ listed }) => listed).sort(byName),
      conversations,
      draftOf: new Map(drafts.map(({ conversationId, text }) => [conversationId, text])),
      isRead: true,
    }
  }, [everybody, conversations, drafts])
  return <DirectoryContext value={directory}>{children}</DirectoryContext>
}

export const useDirectory = (): Directory => useContext(DirectoryContext)
