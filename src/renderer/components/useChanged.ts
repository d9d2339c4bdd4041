import { useState } from 'react'
import { draftKey } from '../text/draft-key.ts'

/** Whether a form holds something else than when it was opened; back at the start it has not changed. */
export const useChanged = (draft: unknown): boolean => {
  const key = draftKey(draft)
  const [first] = useState(key)
  return key !== first
}
