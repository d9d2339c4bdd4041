import { type FormEvent, useId, useState } from 'react'
import { MIN_PASSPHRASE_CHARACTERS } from '../../../shared/limits.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useStatus } from '../../queries/useOrganisation.ts'
import { isAcceptable } from '../../text/passphrase.ts'
import { showToast } from '../../ui-state.ts'
import dialogs from '../admin/dialogs.module.css'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { NewPassphrase } from './NewPassphrase.tsx'

/** What becomes of the old profile, before the first run begins again with a new one. */
export const StartAnewDialog = ({ onClose }: { onClose(): void }) => {
  const hasKeychain = useStatus().profile.protection === 'keychain'
  const setAside = useCall('profile.setAside')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const form = useId()
  const canGoOn = !hasKeychain || isAcceptable(passphrase, again)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!canGoOn) return
    const answer = await setAside.run({ passphrase: hasKeychain ? passphrase : null })
    if (answer !== undefined) showToast(t('anew.done', { folder: answer.folder }))
  }
  return (
    <Dialog
      title={t('anew.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isBusy={setAside.isBusy} disabled={!canGoOn}>
            {t('anew.action')}
          </Button>
        </>
      }
    >
      <form id={form} className={dialogs.form} onSubmit={event => void submit(event)}>
        <p className={dialogs.lede}>{t('anew.text')}</p>
        <p className={dialogs.lede}>{t(hasKeychain ? 'anew.oldKeychain' : 'anew.old')}</p>
        {hasKeychain && (
          <NewPassphrase
            label={t('anew.passphrase')}
            againLabel={t('anew.passphraseAgain')}
            hint={t('passphrase.hint', { count: MIN_PASSPHRASE_CHARACTERS })}
            value={passphrase}
            again={again}
            onValue={setPassphrase}
            onAgain={setAgain}
          />
        )}
        <ErrorNote code={setAside.error} />
      </form>
    </Dialog>
  )
}
