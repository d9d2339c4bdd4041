import { type FormEvent, useId, useState } from 'react'
import { MIN_PASSPHRASE_CHARACTERS } from '../../../shared/limits.ts'
import { useCall } from '../../actions/useCall.ts'
import { t } from '../../locales/i18n.ts'
import { useOrganisation } from '../../queries/useOrganisation.ts'
import { isAcceptable } from '../../text/passphrase.ts'
import dialogs from '../admin/dialogs.module.css'
import { Button } from '../Button.tsx'
import { Dialog, LeaveButton } from '../Dialog.tsx'
import { ErrorNote } from '../ErrorNote.tsx'
import { NewPassphrase } from '../setup/NewPassphrase.tsx'

/** Makes keys of this person's own; the status then brings their recovery sheet before everything else. */
export const BecomeAdministratorDialog = ({ onClose }: { onClose(): void }) => {
  const { isAdmin } = useOrganisation()
  const offer = useCall('administrators.offer')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const form = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isAcceptable(passphrase, again)) return
    if ((await offer.run({ passphrase })) !== undefined) onClose()
  }
  return (
    <Dialog
      title={t(isAdmin ? 'offer.titleAgain' : 'offer.title')}
      isChanged={passphrase !== '' || again !== ''}
      onClose={onClose}
      footer={
        <>
          <LeaveButton />
          <Button
            kind="primary"
            type="submit"
            form={form}
            isBusy={offer.isBusy}
            disabled={!isAcceptable(passphrase, again)}
          >
            {t('offer.make')}
          </Button>
        </>
      }
    >
      <form id={form} className={dialogs.form} onSubmit={event => void submit(event)}>
        <p className={dialogs.lede}>{t('offer.lede')}</p>
        <NewPassphrase
          label={t('found.passphrase')}
          againLabel={t('found.passphraseAgain')}
          hint={t('passphrase.hint', { count: MIN_PASSPHRASE_CHARACTERS })}
          value={passphrase}
          again={again}
          onValue={setPassphrase}
          onAgain={setAgain}
        />
        <ErrorNote code={offer.error} />
      </form>
    </Dialog>
  )
}
