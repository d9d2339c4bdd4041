import { type FormEvent, useState } from 'react'
import { t } from '../../locales/i18n.ts'
import { twoPlaces } from '../../text/recovery-sheet.ts'
import { Button } from '../Button.tsx'
import { Field } from '../Field.tsx'
import styles from './form.module.css'

export interface RecoveryCheckProps {
  words: readonly string[]
  isBusy: boolean
  onBack(): void
  onDone(): void
}

/** Two random words of the sheet, as proof that it was stored. */
export const RecoveryCheck = ({ words, isBusy, onBack, onDone }: RecoveryCheckProps) => {
  const [places] = useState(() => twoPlaces(words.length, Math.random))
  const [typed, setTyped] = useState<Record<number, string>>({})
  const [wrong, setWrong] = useState<readonly number[]>([])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missed = places.filter(place => (typed[place] ?? '').trim().toLowerCase() !== words[place])
    setWrong(missed)
    if (missed.length === 0) onDone()
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.pair}>
        {places.map(place => (
          <Field
            key={place}
            label={t('recovery.wordNumber', { number: place + 1 })}
            value={typed[place] ?? ''}
            required
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            error={wrong.includes(place) ? t('recovery.wrong', { number: place + 1 }) : null}
            onValue={value => setTyped(previous => ({ ...previous, [place]: value }))}
          />
        ))}
      </div>
      <div className={styles.acts}>
        <Button size="large" onClick={onBack}>
          {t('recovery.showAgain')}
        </Button>
        <Button kind="primary" size="large" type="submit" isBusy={isBusy}>
          {t('recovery.finish')}
        </Button>
      </div>
    </form>
  )
}
