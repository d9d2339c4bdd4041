import { useCallback } from 'react'
import { isLanyardError } from '../../shared/errors.ts'
import type { PersonId } from '../../shared/ids.ts'
import { errorWords } from '../locales/error-words.ts'
import { useSession } from '../session-context.tsx'
import { showConversation, showToast } from '../ui-state.ts'

/** Shows the conversation with a person, which begins to exist with that. */
export const useOpenConversation = () => {
  const { engine } = useSession()
  return useCallback(
    async (personId: PersonId) => {
      try {
        const { id } = await engine('conversation.open', { personId })
        showConversation(id)
      } catch (error) {
        showToast(errorWords(isLanyardError(error) ? error.code : 'internal').what)
      }
    },
    [engine],
  )
}
