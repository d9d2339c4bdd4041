import { type FormEvent, useState } from 'react'
import { MAX_DETAIL_CHARACTERS, MAX_NAME_CHARACTERS, MIN_PASSPHRASE_CHARACTERS } from '../../../shared/limits.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { lineFault } from '../../text/line-fault.ts'
import { isAcceptable } from '../../text/passphrase.ts'
import { Button } from '../Button.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { Field } from '../Field.tsx'
import styles from './form.module.css'
import { NewPassphrase } from './NewPassphrase.tsx'
import { SetupLayout } from './SetupLayout.tsx'
import { stepsAt } from './steps.ts'

export const FoundOrganisation = ({ onBack }: { onBack(): void }) => {
  const found = useCall('organisation.found')
  const [organisation, setOrganisation] = useState('')
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const isPlain = [organisation, name, title].every(value => lineFault(value) === null)
  const canFound = organisation.trim() !== '' && name.trim() !== '' && isPlain && isAcceptable(passphrase, again)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!canFound) return
    // the status brings the recovery sheet, and puts it before everything else
    await found.run({ organisation: organisation.trim(), name: name.trim(), title: title.trim(), passphrase })
  }
  return (
    <SetupLayout
      badge={{ name, title, organisation, state: 'unsigned' }}
      steps={stepsAt('found', 1)}
      title={t('found.title')}
      lede={t('found.lede')}
    >
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <Field
          label={t('found.organisation')}
          value={organisation}
          error={lineFault(organisation)}
          required
          maxLength={MAX_NAME_CHARACTERS}
          autoComplete="organization"
          onValue={setOrganisation}
        />
        <div className={styles.pair}>
          <Field
            label={t('found.name')}
            value={name}
            error={lineFault(name)}
            required
            maxLength={MAX_NAME_CHARACTERS}
            autoComplete="name"
            onValue={setName}
          />
          <Field
            label={t('found.jobTitle')}
            note={t('invite.optional')}
            value={title}
            error={lineFault(title)}
            maxLength={MAX_DETAIL_CHARACTERS}
            autoComplete="organization-title"
            onValue={setTitle}
          />
        </div>
        <NewPassphrase
          label={t('found.passphrase')}
          againLabel={t('found.passphraseAgain')}
          hint={t('found.passphraseHint', { count: MIN_PASSPHRASE_CHARACTERS })}
          value={passphrase}
          again={again}
          onValue={setPassphrase}
          onAgain={setAgain}
        />
        <ErrorNote code={found.error} />
        <div className={styles.acts}>
          <Button size="large" onClick={onBack}>
            {t('action.back')}
          </Button>
          <Button kind="primary" size="large" type="submit" isBusy={found.isBusy} disabled={!canFound}>
            {t('found.action')}
          </Button>
        </div>
      </form>
    </SetupLayout>
  )
}
