import { useState } from 'react'
import { MIN_PASSPHRASE_CHARACTERS } from '../../../shared/limits.ts'
import { t } from '../../locales/i18n.ts'
import { type PassphraseStrength, passphraseStrength } from '../../text/passphrase.ts'
import { PassphraseField } from '../PassphraseField.tsx'
import styles from './NewPassphrase.module.css'

const bars = { empty: 0, short: 1, weak: 1, fair: 2, strong: 3 } as const

const words = ({ level, missing }: PassphraseStrength): string => {
  switch (level) {
    case 'empty':
      return ''
    case 'short':
      return t('passphrase.short', { count: missing })
    case 'weak':
      return t('passphrase.weak')
    case 'fair':
      return t('passphrase.fair')
    case 'strong':
      return t('passphrase.strong')
  }
}

export interface NewPassphraseProps {
  label: string
  againLabel: string
  hint: string
  value: string
  again: string
  onValue(value: string): void
  onAgain(value: string): void
}

/** A passphrase typed twice, with a hint at its strength. */
export const NewPassphrase = ({ label, againLabel, hint, value, again, onValue, onAgain }: NewPassphraseProps) => {
  const [hasLeft, setLeft] = useState(false)
  const strength = passphraseStrength(value)
  const differs = hasLeft && again !== '' && again !== value
  return (
    <div className={styles.pair}>
      <PassphraseField
        label={label}
        value={value}
        required
        minLength={MIN_PASSPHRASE_CHARACTERS}
        autoComplete="new-password"
        onValue={onValue}
        hint={
          <>
            <span className={styles.bars} aria-hidden="true">
              {[1, 2, 3].map(bar => (
                <i key={bar} className={bar <= bars[strength.level] ? styles[strength.level] : undefined} />
              ))}
            </span>
            {words(strength) || hint}
          </>
        }
      />
      <PassphraseField
        label={againLabel}
        value={again}
        required
        autoComplete="new-password"
        error={differs ? t('passphrase.differ') : null}
        onValue={onAgain}
        onBlur={() => setLeft(true)}
      />
    </div>
  )
}
