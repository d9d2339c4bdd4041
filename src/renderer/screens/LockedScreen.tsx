import { Lock } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useCall } from '../actions/useCall.ts'
import { Button } from '../components/Button.tsx'
import { Dialog } from '../components/Dialog.tsx'
import { Icon } from '../components/Icon.tsx'
import { PassphraseField } from '../components/PassphraseField.tsx'
import { errorWords } from '../locales/error-words.ts'
import { t } from '../locales/i18n.ts'
import styles from './LockedScreen.module.css'

export const LockedScreen = () => {
  const unlock = useCall('profile.unlock')
  const [passphrase, setPassphrase] = useState('')
  const [isForgotten, setForgotten] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (passphrase !== '') void unlock.run({ passphrase })
  }
  const words = unlock.error === null ? null : errorWords(unlock.error)
  return (
    <main className={styles.screen}>
      <form className={styles.form} onSubmit={submit}>
        <span className={styles.icon}>
          <Icon icon={Lock} size={24} />
        </span>
        <h1>{t('locked.title')}</h1>
        <p>{t('locked.text')}</p>
        <div className={styles.field}>
          <PassphraseField
            label={t('locked.passphrase')}
            value={passphrase}
            autoFocus
            autoComplete="current-password"
            onValue={setPassphrase}
          />
          {words !== null && (
            <p className={styles.error} role="alert">
              {words.what} {words.safe} {words.next}
            </p>
          )}
        </div>
        <Button kind="primary" type="submit" isWide isBusy={unlock.isBusy}>
          {t('locked.unlock')}
        </Button>
        <Button kind="quiet" size="small" onClick={() => setForgotten(true)}>
          {t('locked.forgot')}
        </Button>
      </form>
      {isForgotten && (
        <Dialog title={t('locked.forgot')} width="narrow" onClose={() => setForgotten(false)}>
          <p>{t('locked.forgotText')}</p>
        </Dialog>
      )}
    </main>
  )
}
