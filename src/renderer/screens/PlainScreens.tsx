import { RotateCcw, Unplug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { BrandMark } from '../components/BrandMark.tsx'
import { Button } from '../components/Button.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { Icon } from '../components/Icon.tsx'
import { t } from '../locales/i18n.ts'
import styles from './PlainScreens.module.css'

/** Milliseconds: before this nothing is said, and after the second it is said what is being waited for. */
const QUIET_FOR = 600
const SLOW_AFTER = 8_000

/** Until the engine has said how things are. */
export const StartingScreen = () => {
  const [words, setWords] = useState('')
  useEffect(() => {
    const timers = [
      setTimeout(() => setWords(t('starting.text')), QUIET_FOR),
      setTimeout(() => setWords(t('starting.slow')), SLOW_AFTER),
    ]
    return () => timers.forEach(clearTimeout)
  }, [])
  return (
    <main className={styles.screen}>
      <div className={styles.starting} role="status">
        <BrandMark />
        <p>{words}</p>
      </div>
    </main>
  )
}

/** The shell does not know this page any more. */
export const RefusedScreen = () => (
  <main className={styles.screen}>
    <EmptyState
      picture={<Icon icon={Unplug} size={24} />}
      isRound
      title={t('refused.title')}
      text={t('refused.text')}
    />
  </main>
)

/** A bug has stopped the view; the engine goes on. */
export const CrashedScreen = ({ onAgain }: { onAgain(): void }) => (
  <main className={styles.screen} role="alert">
    <EmptyState
      picture={<Icon icon={RotateCcw} size={24} />}
      isRound
      isDanger
      title={t('crash.title')}
      text={t('crash.text')}
    >
      <Button kind="primary" onClick={onAgain}>
        {t('crash.action')}
      </Button>
    </EmptyState>
  </main>
)
