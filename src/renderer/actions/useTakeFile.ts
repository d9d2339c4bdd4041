import { useCallback } from 'react'
import type { EngineOutput } from '../../shared/contract/engine.ts'
import { t } from '../locales/i18n.ts'
import { useSession } from '../session-context.tsx'
import { showToast } from '../ui-state.ts'

/** What taking a file in has done, in words. */
export const takenWords = (taken: EngineOutput<'file.import'>): string => {
  switch (taken.kind) {
    case 'bundle':
      return t(taken.isNews ? 'org.tookBundle' : 'org.tookOld', { version: taken.version })
    case 'proposal':
      return t('org.tookProposal')
    case 'invitation':
      return t('org.openInvitation')
    case 'notices': {
      const { requests, offers, forks, others } = taken
      if (forks > 0) return t('org.tookForks', { forks })
      if (requests + offers > 0) return t('org.tookNotices', { requests, offers }).trim()
      return t(others > 0 ? 'org.tookAnswers' : 'org.tookNothing')
    }
  }
}

/** Takes in whatever a `.lanyard` file holds, and says what that was. Rejects with the reason of a refusal. */
export const useTakeFile = () => {
  const { engine } = useSession()
  return useCallback(
    async (bytes: Uint8Array<ArrayBuffer>) => {
      const taken = await engine('file.import', { bytes })
      showToast(takenWords(taken))
      return taken
    },
    [engine],
  )
}
