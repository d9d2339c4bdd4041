import { isLanyardError } from '../../shared/errors.ts'
import { errorWords } from '../locales/error-words.ts'
import { showToast } from '../ui-state.ts'

/** Says in a toast what happened and what is safe; for acts that have no place of their own for it. */
export const reportFailure = (error: unknown): void => {
  const { what, safe } = errorWords(isLanyardError(error) ? error.code : 'internal')
  showToast(`${what} ${safe}`.trim())
}
