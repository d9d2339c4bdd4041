import { KeyRound, LockKeyhole } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { MIN_PASSPHRASE_CHARACTERS } from '../../../shared/limits.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useStatus } from '../../queries/useOrganisation.ts'
import { isAcceptable } from '../../text/passphrase.ts'
import { Button } from '../Button.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { Choice } from './Choice.tsx'
import styles from './form.module.css'
import { NewPassphrase } from './NewPassphrase.tsx'
import { SetupLayout } from './SetupLayout.tsx'
import { stepsAt } from './steps.ts'

/** What opens the messages: the keychain where there is one, a passphrase where there is none or where one is wanted. */
export const ProtectProfile = ({ path, onBack }: { path: 'join' | 'found'; onBack(): void }) => {
  const { keychainAvailable } = useStatus().profile
  const create = useCall('profile.create')
  const [wantsPassphrase, setWants] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const asksPassphrase = wantsPassphrase || !keychainAvailable

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isAcceptable(passphrase, again)) void create.run({ passphrase })
  }
  const back = () => (wantsPassphrase ? setWants(false) : onBack())
  return (
    <SetupLayout
      badge={{ name: '', title: '', organisation: '', state: 'unsigned' }}
      steps={stepsAt(path, 0)}
      title={t('protect.title')}
      lede={t(keychainAvailable ? 'protect.lede' : 'protect.passphraseLede')}
    >
      {asksPassphrase ? (
        <form className={styles.form} onSubmit={submit}>
          <NewPassphrase
            label={t('passphrase.label')}
            againLabel={t('passphrase.again')}
            hint={t('passphrase.hint', { count: MIN_PASSPHRASE_CHARACTERS })}
            value={passphrase}
            again={again}
            onValue={setPassphrase}
            onAgain={setAgain}
          />
          <p className={styles.note}>{t('passphrase.noReset')}</p>
          <ErrorNote code={create.error} />
          <div className={styles.acts}>
            <Button size="large" onClick={back}>
              {t('action.back')}
            </Button>
            <Button
              kind="primary"
              size="large"
              type="submit"
              isBusy={create.isBusy}
              disabled={!isAcceptable(passphrase, again)}
            >
              {t('action.continue')}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <div className={styles.choices}>
            <Choice
              icon={LockKeyhole}
              title={t('protect.keychain')}
              text={t('protect.keychainText')}
              isFirst
              isBusy={create.isBusy}
              onChoose={() => void create.run({ passphrase: null })}
            />
            <Choice
              icon={KeyRound}
              title={t('protect.passphrase')}
              text={t('protect.passphraseText')}
              onChoose={() => setWants(true)}
            />
          </div>
          <div className={styles.form}>
            <ErrorNote code={create.error} />
            <div className={styles.acts}>
              <Button onClick={onBack}>{t('action.back')}</Button>
            </div>
          </div>
        </>
      )}
    </SetupLayout>
  )
}
