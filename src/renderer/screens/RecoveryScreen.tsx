import { useState } from 'react'
import { RecoveryCheck } from '../components/setup/RecoveryCheck.tsx'
import { RecoveryWords } from '../components/setup/RecoveryWords.tsx'
import { SetupLayout } from '../components/setup/SetupLayout.tsx'
import { stepsAt } from '../components/setup/steps.ts'
import { t } from '../locales/i18n.ts'
import { useUi } from '../ui-state.ts'

export interface RecoveryScreenProps {
  organisation: string
  name: string
  title: string
  words: readonly string[]
}

/** Shows the root key in words, once, and goes on only after two of them have come back from the stored sheet. */
export const RecoveryScreen = ({ organisation, name, title, words }: RecoveryScreenProps) => {
  const [isChecking, setChecking] = useState(false)
  return (
    <SetupLayout
      badge={{ name, title, organisation, state: 'signed' }}
      steps={stepsAt('found', 2)}
      title={t(isChecking ? 'recovery.checkTitle' : 'recovery.title')}
      lede={isChecking ? t('recovery.checkLede') : t('recovery.lede', { organisation })}
    >
      {isChecking ? (
        <RecoveryCheck
          words={words}
          onBack={() => setChecking(false)}
          onDone={() => useUi.setState({ recovery: null })}
        />
      ) : (
        <RecoveryWords organisation={organisation} words={words} onStored={() => setChecking(true)} />
      )}
    </SetupLayout>
  )
}
