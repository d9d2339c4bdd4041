import type { JoinRequest } from '../../../../shared/contract/entities.ts'
import { useCall } from '../../../actions/useCall.ts'
import { t } from '../../../locales/i18n.ts'
import { showToast } from '../../../ui-state.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import styles from '../dialogs.module.css'

export const DeclineDialog = ({ request, onClose }: { request: JoinRequest; onClose(): void }) => {
  const decline = useCall('request.decline')
  const { id, name } = request
  const run = async () => {
    if ((await decline.run({ id })) === undefined) return
    showToast(t('admin.declined', { name }))
    onClose()
  }
  return (
    <Dialog
      title={t('decline.title', { name })}
      role="alertdialog"
      width="narrow"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="danger" isBusy={decline.isBusy} onClick={() => void run()}>
            {t('decline.action')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.lede}>{t('decline.text')}</p>
        <ErrorNote code={decline.error} />
      </div>
    </Dialog>
  )
}
