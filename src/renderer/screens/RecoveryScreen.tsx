import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState } from 'react'
import type { Organisation } from '../../shared/contract/entities.ts'
import { useCall } from '../actions/useCall.ts'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { RecoveryCheck } from '../components/setup/RecoveryCheck.tsx'
import { RecoveryWords } from '../components/setup/RecoveryWords.tsx'
import { SetupLayout } from '../components/setup/SetupLayout.tsx'
import { stepsAt } from '../components/setup/steps.ts'
import { t } from '../locales/i18n.ts'
import { useCache } from '../session-context.tsx'

/**
 * Shows the root key in words until two of them have come back from the stored sheet. It stands before everything else,
 * also after a reload or a restart: the profile keeps the key only as long as that takes.
 */
export const RecoveryScreen = ({
  organisation: { name: organisation, self, isAdmin },
}: {
  organisation: Organisation
}) => {
  const cache = useCache()
  const { run: read, error: unread } = useCall('recovery.words')
  const { run: confirm, error: unconfirmed, isBusy } = useCall('recovery.confirm')
  const founder = useLiveQuery(() => cache.people.get(self), [cache, self])
  const [words, setWords] = useState<readonly string[]>([])
  const [isChecking, setChecking] = useState(false)
  useEffect(() => {
    void read({}).then(answer => setWords(answer?.words ?? []))
  }, [read])
  return (
    <SetupLayout
      badge={{ name: founder?.name ?? '', title: founder?.title ?? '', organisation, state: 'signed' }}
      {...(isAdmin ? { steps: stepsAt('found', 2) } : {})}
      title={t(isChecking ? 'recovery.checkTitle' : 'recovery.title')}
      lede={
        isChecking ? t('recovery.checkLede') : t(isAdmin ? 'recovery.lede' : 'recovery.ledeOffer', { organisation })
      }
    >
      {isChecking ? (
        <RecoveryCheck
          words={words}
          isBusy={isBusy}
          onBack={() => setChecking(false)}
          onDone={() => void confirm({})} // the status leads on
        />
      ) : (
        words.length > 0 && (
          <RecoveryWords organisation={organisation} words={words} onStored={() => setChecking(true)} />
        )
      )}
      <ErrorNote code={unread ?? unconfirmed} />
    </SetupLayout>
  )
}
