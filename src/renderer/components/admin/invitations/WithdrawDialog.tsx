import { useState } from 'react'
import type { Invitation } from '../../../../shared/contract/entities.ts'
import { type ErrorCode, isLanyardError } from '../../../../shared/errors.ts'
import { t } from '../../../locales/i18n.ts'
import { useSession } from '../../../session-context.tsx'
import { nameList } from '../../../text/people.ts'
import { showToast } from '../../../ui-state.ts'
import { Button } from '../../Button.tsx'
import { Dialog } from '../../Dialog.tsx'
import { ErrorNote } from '../../ErrorNote.tsx'
import styles from '../dialogs.module.css'

/** Names that are told one by one. */
const MAX_NAMES = 12

export interface WithdrawDialogProps {
  invitations: readonly Invitation[]
  onClose(): void
}

/** Withdraws several invitations after naming them. */
export const WithdrawDialog = ({ invitations, onClose }: WithdrawDialogProps) => {
  const { engine } = useSession()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorCode | null>(null)
  const count = invitations.length
  const names = invitations.slice(0, MAX_NAMES).map(({ name }) => name)
  const rest = count - names.length

  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      for (const { id } of invitations) await engine('invitation.withdraw', { id })
      showToast(t('invitations.withdrawnMany', { count }))
      onClose()
    } catch (cause) {
      setError(isLanyardError(cause) ? cause.code : 'internal')
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('invitations.withdrawTitle', { count })}
      role="alertdialog"
      width="narrow"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="danger" isBusy={isBusy} onClick={() => void run()}>
            {t('invitations.withdrawChosen', { count })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.lede}>
          {nameList(rest > 0 ? [...names, t('invitations.others', { count: rest })] : names)}
        </p>
        <p className={styles.lede}>{t('invitations.withdrawText')}</p>
        <ErrorNote code={error} />
      </div>
    </Dialog>
  )
}
