import { useLiveQuery } from 'dexie-react-hooks'
import type { Group } from '../../shared/contract/entities.ts'
import { useCache } from '../session-context.tsx'
import { byName } from '../text/people.ts'

/** The organisation's groups by name. Undefined until read. */
export const useGroups = (): readonly Group[] | undefined => {
  const cache = useCache()
  return useLiveQuery(() => cache.groups.toArray().then(groups => groups.sort(byName)), [cache])
}
