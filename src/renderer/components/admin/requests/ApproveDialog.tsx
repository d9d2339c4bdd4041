import { type FormEvent, useId, useState } from 'react'
import type { JoinRequest } from '../../../../shared/contract/entities.ts'
import { useAdminKey } from '../../../actions/useAdminKey.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { useOrganisation } from '../../../queries/useOrganisation.ts'
import { showToast } from '../../../ui-state.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import { WordGrid } from '../../WordGrid.tsx'
import styles from '../dialogs.module.css'
import { UnlockField } from '../UnlockField.tsx'

/** Shows the words large and asks whether they are the same; asks for the administrator passphrase when it is needed. */
export const ApproveDialog = ({ request, onClose }: { request: JoinRequest; onClose(): void }) => {
  const { list } = useOrganisation()
  const adminKey = useAdminKey()
  const approve = useCall('request.approve')
  const form = useId()
  /** What was compared is what is approved, whatever the request becomes behind this dialog. */
  const [{ id, invitationId, name, words }] = useState(request)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!(await adminKey.open())) return
    if ((await approve.run({ id, invitationId, words })) === undefined) return
    showToast(t(list.threshold > 1 ? 'request.approvedWaits' : 'admin.approved', { name }))
    onClose()
  }
  const error = adminKey.error ?? approve.error
  return (
    <Dialog
      title={t('approve.title')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isBusy={adminKey.isBusy || approve.isBusy}>
            {t('approve.same')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={event => void submit(event)}>
        <p className={styles.lede}>{t('approve.lede', { name })}</p>
        <WordGrid words={words} label={t('admin.words')} />
        {!request.isConnected && <p className={styles.note}>{t('admin.away')}</p>}
        <UnlockField adminKey={adminKey} />
        <ErrorNote code={error} />
      </form>
    </Dialog>
  )
}
