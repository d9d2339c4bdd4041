import { Check, Copy, Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { reportFailure } from '../../actions/report-failure.ts'
import { saveFile } from '../../actions/save-file.ts'
import { t } from '../../locales/i18n.ts'
import { calendarDay } from '../../text/dates.ts'
import { recoverySheetText } from '../../text/recovery-sheet.ts'
import { Button } from '../Button.tsx'
import { WordGrid } from '../WordGrid.tsx'
import styles from './form.module.css'
import sheet from './RecoveryWords.module.css'

export interface RecoveryWordsProps {
  organisation: string
  words: readonly string[]
  onStored(): void
}

export const RecoveryWords = ({ organisation, words, onStored }: RecoveryWordsProps) => {
  const [isCopied, setCopied] = useState(false)
  const [now] = useState(Date.now)
  const text = recoverySheetText(organisation, words, now)
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true), reportFailure)
  return (
    <div className={styles.form}>
      <WordGrid words={words} label={t('recovery.words')} isDense />
      <div className={styles.acts}>
        <Button icon={Printer} onClick={() => window.print()}>
          {t('recovery.print')}
        </Button>
        <Button icon={Download} onClick={() => saveFile('lanyard-recovery-sheet.txt', text, 'text/plain')}>
          {t('recovery.save')}
        </Button>
        <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
          {t(isCopied ? 'action.copied' : 'recovery.copy')}
        </Button>
      </div>
      <p className={styles.note}>{t('recovery.copyNote')}</p>
      <div className={styles.acts}>
        <Button kind="primary" size="large" onClick={onStored}>
          {t('recovery.stored')}
        </Button>
      </div>
      {createPortal(
        <div className={sheet.sheet} data-print-sheet aria-hidden="true">
          <h1>{t('recovery.sheetTitle', { organisation })}</h1>
          <p>{t('recovery.sheetDate', { day: calendarDay(now, 0) })}</p>
          <ol>
            {words.map((word, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places that never move
              <li key={index}>
                <span>{index + 1}</span> {word}
              </li>
            ))}
          </ol>
          <p>{t('recovery.sheetText')}</p>
        </div>,
        document.body,
      )}
    </div>
  )
}
