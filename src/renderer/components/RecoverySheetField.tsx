import { Check, TriangleAlert } from 'lucide-react'
import { type ClipboardEvent, useId, useRef } from 'react'
import { t } from '../locales/i18n.ts'
import { isSheetWord, SHEET_WORDS, sheetFault, wordsIn } from '../text/recovery-words.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import styles from './RecoverySheetField.module.css'

export const NO_WORDS: readonly string[] = Array.from({ length: SHEET_WORDS }, () => '')

export interface RecoverySheetFieldProps {
  /** Always 24, empty where nothing is typed yet. */
  words: readonly string[]
  onWords(words: readonly string[]): void
}

const Verdict = ({ words, id }: { words: readonly string[]; id: string }) => {
  const unknown = words.flatMap((word, index) => (word !== '' && !isSheetWord(word) ? [index + 1] : []))
  const missing = words.filter(word => word === '').length
  const fault = sheetFault(words)
  const say = () => {
    if (unknown.length > 0) return t('sheet.unknown', { numbers: unknown.join(', ') })
    if (missing === SHEET_WORDS) return t('sheet.paste')
    if (fault === 'missing') return t('sheet.missing', { count: missing })
    return t(fault === null ? 'sheet.complete' : 'sheet.checksum')
  }
  const isWrong = unknown.length > 0 || fault === 'checksum'
  return (
    <p id={id} role="status" className={`${styles.verdict} ${isWrong ? styles.wrongText : ''}`}>
      {isWrong && <Icon icon={TriangleAlert} size={14} />}
      {fault === null && <Icon icon={Check} size={14} />}
      {say()}
    </p>
  )
}

/** The words of a recovery sheet, one field each: typed with spaces between them, or pasted at once. */
export const RecoverySheetField = ({ words, onWords }: RecoverySheetFieldProps) => {
  const list = useRef<HTMLOListElement>(null)
  const verdictId = useId()
  const focusOn = (place: number) => list.current?.querySelectorAll('input')[Math.min(place, SHEET_WORDS - 1)]?.focus()
  const fill = (from: number, typed: readonly string[]) =>
    onWords(words.map((word, place) => typed[place - from] ?? word))

  const type = (place: number, value: string) => {
    const parts = wordsIn(value)
    if (parts.length <= 1 && !/\s$/u.test(value)) return fill(place, [value.trim().toLowerCase()])
    fill(place, parts)
    // A space goes on to the next word, as between words on paper.
    if (parts.length > 0) focusOn(place + parts.length)
  }
  const paste = (place: number, event: ClipboardEvent) => {
    const parts = wordsIn(event.clipboardData.getData('text'))
    if (parts.length < 2) return
    event.preventDefault()
    const from = parts.length >= SHEET_WORDS ? 0 : place
    fill(from, parts)
    focusOn(from + parts.length)
  }
  return (
    <fieldset className={styles.whole} aria-describedby={verdictId}>
      <legend className={styles.label}>{t('sheet.words')}</legend>
      <ol className={styles.grid} ref={list}>
        {words.map((word, place) => {
          const isWrong = word !== '' && !isSheetWord(word)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: 24 places that never move
            <li key={place} className={isWrong ? styles.wrong : undefined}>
              <span aria-hidden="true">{place + 1}</span>
              <input
                aria-label={t('sheet.word', { number: place + 1 })}
                aria-invalid={isWrong || undefined}
                value={word}
                autoComplete="off"
                autoCapitalize="off"
                autoCorrect="off"
                spellCheck={false}
                onChange={event => type(place, event.target.value)}
                onPaste={event => paste(place, event)}
              />
            </li>
          )
        })}
      </ol>
      <div className={styles.foot}>
        <Verdict id={verdictId} words={words} />
        <Button kind="muted" size="small" onClick={() => onWords(NO_WORDS)}>
          {t('sheet.clear')}
        </Button>
      </div>
    </fieldset>
  )
}
