import { TriangleAlert, UserX } from 'lucide-react'
import type { Joining } from '../../shared/contract/entities.ts'
import { useCall } from '../actions/useCall.ts'
import { Button } from '../components/Button.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { ErrorNote } from '../components/ErrorNote.tsx'
import { Icon } from '../components/Icon.tsx'
import { Approvers } from '../components/setup/Approvers.tsx'
import { JoinByFile } from '../components/setup/JoinByFile.tsx'
import { SetupLayout } from '../components/setup/SetupLayout.tsx'
import { stepsAt } from '../components/setup/steps.ts'
import { WaitingLine } from '../components/setup/WaitingLine.tsx'
import { WordGrid } from '../components/WordGrid.tsx'
import { errorWords } from '../locales/error-words.ts'
import { t } from '../locales/i18n.ts'
import { firstName, nameList } from '../text/people.ts'
import styles from './WaitingScreen.module.css'

const Ended = ({ joining, onAgain, isBusy }: { joining: Joining; onAgain(): void; isBusy: boolean }) => {
  const isDeclined = joining.state === 'declined'
  const { what, safe, next } = errorWords(joining.failure ?? 'internal')
  return (
    <main className={styles.ended}>
      <EmptyState
        picture={<Icon icon={isDeclined ? UserX : TriangleAlert} size={24} />}
        isRound
        isDanger
        title={t(isDeclined ? 'declined.title' : 'joinFailed.title')}
        text={
          isDeclined ? t('declined.text', { organisation: joining.organisation }) : `${what} ${safe} ${next}`.trim()
        }
      >
        <Button kind="primary" isBusy={isBusy} onClick={onAgain}>
          {t('joinFailed.again')}
        </Button>
      </EmptyState>
    </main>
  )
}

/** Between asking to join and an administrator's answer. */
export const WaitingScreen = ({ joining }: { joining: Joining }) => {
  const cancel = useCall('join.cancel')
  const { organisation, name, title, words, administrators, state } = joining
  const end = () => void cancel.run({})
  if (state === 'declined' || state === 'failed')
    return <Ended joining={joining} isBusy={cancel.isBusy} onAgain={end} />
  const names = nameList(
    administrators.map(administrator => firstName(administrator.name)),
    'disjunction',
  )
  return (
    <SetupLayout
      badge={{ name, title, organisation, state: 'waiting' }}
      steps={stepsAt('join', 3)}
      title={t('waiting.title')}
      lede={t('waiting.lede', { names })}
    >
      <div className={styles.words}>
        <WordGrid words={words} label={t('admin.words')} />
      </div>
      <Approvers administrators={administrators} />
      <WaitingLine joining={joining}>
        <Button isBusy={cancel.isBusy} onClick={end}>
          {t('waiting.cancel')}
        </Button>
      </WaitingLine>
      <ErrorNote code={cancel.error} />
      <JoinByFile />
    </SetupLayout>
  )
}
