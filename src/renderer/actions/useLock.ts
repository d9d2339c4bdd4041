import { useMemo } from 'react'
import { useStatus } from '../queries/useOrganisation.ts'
import { useSession } from '../session-context.tsx'
import { reportFailure } from './report-failure.ts'

/** Locks the profile; null where it has no passphrase that could open it again. */
export const useLock = (): (() => Promise<void>) | null => {
  const { engine } = useSession()
  const { profile } = useStatus()
  return useMemo(
    () =>
      profile.protection === 'passphrase'
        ? () => engine('profile.lock', {}).then(() => undefined, reportFailure)
        : null,
    [engine, profile.protection],
  )
}
